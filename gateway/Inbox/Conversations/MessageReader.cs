namespace MailInbox.Inbox.Conversations;

/// <summary>What a message says, ready to show.</summary>
/// <param name="Text">Plain text without the quoted tail; never null, empty when the mail says nothing.</param>
/// <param name="Quoted">The quoted tail and signature that the thread folds; empty when there is none.</param>
/// <param name="Html">Cleaned HTML body for the frame; null when there is none, or it is too large to clean.</param>
/// <param name="RemoteImages">How many remote images the HTML asks for.</param>
/// <param name="Notes">What the reader should know: repaired defects, too large to show, could not be read.</param>
public sealed record MessageContent(string Text, string Quoted, string? Html, int RemoteImages, IReadOnlyList<string> Notes);

/// <summary>Reads bodies and parts from the raw bytes when they are shown.</summary>
public sealed class MessageReader
{
    /// <summary>The content with <c>cid:</c> images pointing to <paramref name="partAddress"/>(part id); remote images only when asked for. Null when the message is gone.</summary>
    public Task<MessageContent?> Read(long messageId, Func<string, string> partAddress, bool remoteImages, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>One decoded part, or null when there is none.</summary>
    public Task<PartContent?> Part(long messageId, string partId, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The bytes as received or sent, or null.</summary>
    public Task<byte[]?> Raw(long messageId, CancellationToken cancel) => throw new NotSupportedException();
}

/// <summary>A decoded part for download.</summary>
public sealed record PartContent(string FileName, string Type, byte[] Bytes);
