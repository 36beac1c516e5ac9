using System.Collections;

namespace MailInbox.Mail.Mime;

/// <summary>
/// The defects of one mail, embedded messages included. Grows while parts are decoded, from any thread; who reads it sees what was known
/// when he began.
/// </summary>
internal sealed class DefectList(int limit) : IReadOnlyList<MimeDefect>
{
    private readonly Lock _gate = new();
    private readonly List<MimeDefect> _defects = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _defects.Count;
        }
    }

    public MimeDefect this[int index]
    {
        get
        {
            lock (_gate)
                return _defects[index];
        }
    }

    /// <summary>Above the limit nothing more is kept.</summary>
    public void Report(string code, int offset, string text)
    {
        lock (_gate)
        {
            if (_defects.Count < limit)
                _defects.Add(new MimeDefect(code, offset, text));
        }
    }

    public IEnumerator<MimeDefect> GetEnumerator()
    {
        MimeDefect[] known;
        lock (_gate)
            known = [.. _defects];
        return ((IEnumerable<MimeDefect>)known).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
