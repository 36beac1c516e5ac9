using System.Diagnostics;

namespace MailInbox.Tests.Support;

/// <summary>A file system of 64 MB that can be filled. It lives in memory and takes an administrator to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const long Size = 64 << 20;

    private readonly TempFolder _folder;

    private SmallDisk(TempFolder folder) => _folder = folder;

    public string Data => _folder.File("data");

    private string Ballast => _folder.File("ballast");

    /// <summary>Where mounting is not allowed the test is ignored.</summary>
    public static async Task<SmallDisk> Mount()
    {
        TempFolder folder = new();
        if (await Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder.Path) != 0)
        {
            folder.Dispose();
            Assert.Ignore("A small file system cannot be mounted here (it takes root).");
        }

        return new SmallDisk(folder);
    }

    /// <summary>Takes all space but this much.</summary>
    public void Fill(long leave)
    {
        byte[] block = new byte[4096];
        using FileStream ballast = File.Create(Ballast);
        while (new DriveInfo(_folder.Path).AvailableFreeSpace > leave)
        {
            ballast.Write(block);
            ballast.Flush();
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        using Process unmount = Process.Start("umount", ["--lazy", _folder.Path]);
        unmount.WaitForExit();
        _folder.Dispose();
    }

    private static async Task<int> Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
