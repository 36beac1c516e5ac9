namespace MailInbox.Host.Commands;

/// <summary>A bar that grows on one line of the terminal; where output goes elsewhere, a line now and then.</summary>
internal sealed class ProgressBar(TextWriter output, bool terminal)
{
    private const int Width = 30;
    private int _told = -1;

    /// <summary>Draws the state; <paramref name="total"/> of zero is all done.</summary>
    public void Draw(long done, long total, string words)
    {
        int percent = total <= 0 ? 100 : (int)Math.Clamp(100 * done / total, 0, 100);
        if (terminal)
        {
            int filled = Width * percent / 100;
            output.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %  {done:N0} of {total:N0} {words}   ");
        }
        else if (percent / 10 > _told / 10 || _told < 0)
        {
            output.WriteLine($"{percent,3} %  {done:N0} of {total:N0} {words}");
        }

        _told = percent;
    }

    /// <summary>Leaves the bar's line.</summary>
    public void End()
    {
        if (terminal && _told >= 0)
        {
            output.WriteLine();
        }
    }
}
