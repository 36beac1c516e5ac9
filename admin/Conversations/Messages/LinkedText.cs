using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MailInbox.Admin.Conversations.Messages;

/// <summary>Plain text with what can be clicked. No markup file: each blank of the text counts.</summary>
public sealed class LinkedText : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (PlainText.Piece piece in PlainText.Pieces(Text))
        {
            if (piece.Address is null)
            {
                builder.AddContent(0, piece.Text);
                continue;
            }
            builder.OpenElement(1, "a");
            builder.AddAttribute(2, "href", piece.Address);
            builder.AddAttribute(3, "target", "_blank");
            builder.AddAttribute(4, "rel", "noopener noreferrer nofollow");
            builder.AddContent(5, piece.Text);
            builder.CloseElement();
        }
    }
}
