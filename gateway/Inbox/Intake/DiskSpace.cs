using MailInbox.Inbox.Storage;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Intake;

/// <summary>Whether the disk of the data has room for new mail; looks at most once a second.</summary>
public sealed class DiskSpace(SpoolSurroundings surroundings, ILogger<DiskSpace> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _lookedAt;
    private volatile bool _short;

    public bool IsShort
    {
        get
        {
            long now = surroundings.Clock.GetTimestamp();
            long lookedAt = Volatile.Read(ref _lookedAt);
            if (lookedAt == 0 || surroundings.Clock.GetElapsedTime(lookedAt, now) > Pause)
            {
                Volatile.Write(ref _lookedAt, now);
                Look();
            }

            return _short;
        }
    }

    private void Look()
    {
        bool isShort = new DriveInfo(surroundings.DataFolder).AvailableFreeSpace < surroundings.LeastFree;
        if (isShort != _short)
        {
            logger.LogWarning("The disk of {Folder} has {State} space: mail is {Answer}", surroundings.DataFolder, isShort ? "too little" : "enough", isShort ? "put off" : "taken again");
        }

        _short = isShort;
    }
}

/// <summary>What the intake needs of the machine.</summary>
/// <param name="LeastFree">Free bytes on the disk of the data folder below which no new mail is taken.</param>
public sealed record SpoolSurroundings(TimeProvider Clock, string DataFolder, long LeastFree, Dialect Dialect);
