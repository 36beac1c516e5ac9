using System.Collections.Frozen;

namespace MailInbox.Mail.Mime.Html;

/// <summary>What may remain in HTML: tags, attributes, style properties.</summary>
internal sealed record HtmlSanitizerRules
{
    private const string TextStyle =
        "color background background-color font font-family font-size font-style font-weight font-variant line-height letter-spacing word-spacing text-align "
        + "text-decoration text-decoration-line text-decoration-color text-decoration-style text-indent text-transform text-underline-offset vertical-align white-space direction unicode-bidi "
        + "margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left "
        + "border border-top border-right border-bottom border-left border-color border-style border-width border-collapse border-spacing border-radius "
        + "border-top-color border-top-style border-top-width border-right-color border-right-style border-right-width "
        + "border-bottom-color border-bottom-style border-bottom-width border-left-color border-left-style border-left-width "
        + "width height max-width min-width max-height min-height list-style list-style-type list-style-position";

    /// <summary>Mail as it comes, to be shown in its frame.</summary>
    public static HtmlSanitizerRules Received { get; } = new()
    {
        Tags = Names(
            "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt em figcaption figure font "
            + "footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
            + "tfoot th thead time tr tt u ul var wbr"),
        Attributes = Names(
            "abbr align alt axis bgcolor border cellpadding cellspacing char charoff class clear color colspan compact dir face frame height hspace lang "
            + "noshade nowrap open reversed rowspan rules scope size span start summary title type valign value vspace width"),
        Properties = Names(
            TextStyle + " background-image background-position background-repeat background-size border-top-left-radius border-top-right-radius border-bottom-left-radius "
            + "border-bottom-right-radius box-shadow box-sizing caption-side clear display empty-cells float opacity overflow overflow-wrap overflow-x overflow-y outline orphans "
            + "page-break-after page-break-before page-break-inside quotes table-layout text-overflow text-shadow visibility widows word-break word-wrap writing-mode "
            + "align-content align-items align-self justify-content justify-items flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap order gap row-gap column-gap "
            + "object-fit color-scheme -webkit-text-size-adjust -ms-text-size-adjust text-size-adjust"),
        LinkExtras = " target=\"_blank\" rel=\"noopener noreferrer nofollow\"",
        StyleSheets = true,
        RemoteImages = true,
    };

    /// <summary>What our editor makes, to be sent.</summary>
    public static HtmlSanitizerRules Outgoing { get; } = new()
    {
        Tags = Names("a b blockquote br caption code col colgroup div em font h1 h2 h3 hr i img li ol p pre s span strike strong sub sup table tbody td tfoot th thead tr u ul"),
        Attributes = Names("align alt bgcolor border cellpadding cellspacing color colspan dir face height lang reversed rowspan scope size span start title type valign value width"),
        Properties = Names(TextStyle),
        Tidy = true,
    };

    /// <summary>Elements of whose content nothing is text for a reader.</summary>
    public static FrozenSet<string> Dropped { get; } = Names(
        "script style head title meta link base svg math object embed applet iframe frame frameset noframes noembed template select option optgroup datalist input "
        + "audio video source track canvas map area param portal xml");

    /// <summary>Elements that show nothing when nothing is in them.</summary>
    public static FrozenSet<string> Empties { get; } = Names("a b blockquote code div em font h1 h2 h3 i li ol p pre s span strike strong sub sup u ul");

    public static FrozenSet<string> Void { get; } = Names("br col hr img wbr");

    public required FrozenSet<string> Tags { get; init; }

    public required FrozenSet<string> Attributes { get; init; }

    public required FrozenSet<string> Properties { get; init; }

    /// <summary>Written into each link that leads somewhere.</summary>
    public string LinkExtras { get; init; } = "";

    /// <summary>Whether style elements are kept, cleaned and joined into one in front.</summary>
    public bool StyleSheets { get; init; }

    /// <summary>Whether images from elsewhere can be asked for at all.</summary>
    public bool RemoteImages { get; init; }

    /// <summary>Whether what an editor leaves behind is taken away: empty elements, bare spans, blank ends.</summary>
    public bool Tidy { get; init; }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
