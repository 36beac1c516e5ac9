namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>Takes what a server tells in answer to one command.</summary>
internal class ImapAnswers
{
    /// <summary>For commands whose answer is only yes or no.</summary>
    public static ImapAnswers None { get; } = new();

    /// <summary>Untagged data, read as far as it is wanted.</summary>
    /// <param name="number">Before the word; null where there was none.</param>
    /// <param name="word">In upper case.</param>
    /// <returns>False: not an answer to this command.</returns>
    public virtual ValueTask<bool> Take(ImapReader reader, long? number, string word, CancellationToken cancel) => ValueTask.FromResult(false);

    /// <summary>The code of an untagged OK.</summary>
    public virtual void Told(ImapCode code)
    {
    }
}
