using System.Data.Common;

namespace MailInbox.Inbox.Storage;

/// <summary>What two databases say differently; everything else is SQL that both understand.</summary>
public abstract class Dialect
{
    /// <summary>Words of migrations in braces, such as <c>{id}</c>, and what they become.</summary>
    public abstract IReadOnlyDictionary<string, string> Words { get; }

    /// <summary>Opens the only connection that writes.</summary>
    public abstract DbConnection OpenWriter(string place);

    /// <summary>Opens a connection that can only read.</summary>
    public abstract DbConnection OpenReader(string place);

    /// <summary>Starts the transaction of a group of pieces.</summary>
    public abstract string Begin { get; }

    /// <summary>A condition that holds when the column stands in the list, which is bound as a JSON array of text or numbers.</summary>
    public abstract string In(string column, string parameter);

    /// <summary>Whether a failed statement has ended the whole transaction and not only itself.</summary>
    public abstract bool TransactionGone(DbConnection connection);

    /// <summary>Whether the failure means that there is no space left.</summary>
    public abstract bool IsFull(Exception failure);

    /// <summary>Whether the failure is the machine's and no fault of what was to be written: the same may work later.</summary>
    public abstract bool IsOutage(Exception failure);

    /// <summary>Copies the whole database to a file before a migration.</summary>
    public abstract void Copy(DbConnection writer, string target);

    /// <summary>Gives the space of erased rows back to the disk and leaves no old copy of them in the log.</summary>
    public abstract void Shrink(DbConnection writer);
}
