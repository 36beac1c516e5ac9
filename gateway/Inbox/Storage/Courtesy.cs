using System.Runtime.InteropServices;

namespace MailInbox.Inbox.Storage;

/// <summary>
/// Lets the calling thread step back behind those on which a client waits. .NET's thread priorities do nothing on Linux,
/// where each thread has a nice value of its own (setpriority(2)).
/// </summary>
internal static class Courtesy
{
    /// <summary>About a tenth of a contended processor; all of an idle one.</summary>
    public const int Nice = 15;

    private const int OfThread = 0;
    private const int Caller = 0;

    /// <summary>Whether it did.</summary>
    public static bool StepBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            System.Threading.Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return true;
        }

        return SetPriority(OfThread, Caller, Nice) == 0;
    }

#pragma warning disable SYSLIB1054 // The generated form would need unsafe code for three numbers.
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
#pragma warning restore SYSLIB1054
}
