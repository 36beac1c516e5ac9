using MailInbox.Admin;
using MailInbox.Host.Control;
using MailInbox.Inbox;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Jobs;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Smtp;
using Serilog;
using Serilog.Events;

namespace MailInbox.Host;

/// <summary>Puts the floors together: configuration and data folder first, so that a mistake stops the start before anything listens.</summary>
internal static class GatewayHost
{
    /// <summary>Everything must be over in this time after SIGTERM.</summary>
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(9.5);

    /// <summary>Throws <see cref="ConfigurationRefusal"/> or <see cref="DataFolderTaken"/>.</summary>
    public static WebApplication Build(GatewaySettings settings)
    {
        GatewayOptions options = ConfigurationReader.Read(settings.Config);
        DataFolder folder = DataFolder.Take(settings.Data);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "mailinbox", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile(Path.Combine(Places.Home, "appsettings.json"), optional: true).AddEnvironmentVariables();
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(settings.Web.ToString());
        builder.Logging.ClearProviders().AddSerilog(Logger(builder.Configuration, folder), dispose: true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        builder.Services.AddSingleton(settings);
        builder.Services.AddInbox(options, folder, new InboxSurroundings(settings.HostName, settings.LeastFree));
        builder.Services.AddSingleton(s => new SmtpServer(
            new SmtpServerOptions { EndPoint = settings.Smtp, HostName = settings.HostName, Limits = new SmtpLimits { Message = settings.MaxSize } },
            s.GetRequiredService<Spool>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<SmtpServer>>()));
        builder.Services.AddSingleton<GatewayStart>();
        builder.Services.AddSingleton<ControlVerbs>();
        builder.Services.AddSingleton<ControlServer>();
        builder.Services.AddSingleton<GatewayWork>();
        builder.Services.AddHostedService<Gateway>();
        builder.Services.AddJobs(options);
        builder.Services.AddAdmin(new AdminOptions { DataFolder = folder.Path, Web = settings.PublicUrl });
        WebApplication app = builder.Build();
        app.MapAdmin();
        app.MapHealth();
        return app;
    }

    private static Serilog.Core.Logger Logger(ConfigurationManager configuration, DataFolder folder) => new LoggerConfiguration()
        .ReadFrom.Configuration(configuration)
        // Why a start failed is said once, by the command line, without a stack trace.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
        .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}")
        .WriteTo.File(
            Path.Combine(folder.Path, "logs", "mailinbox-.log"),
            formatProvider: System.Globalization.CultureInfo.InvariantCulture,
            outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}",
            rollingInterval: RollingInterval.Day,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: configuration.GetValue("Logging:FilesKept", 14))
        .CreateLogger();
}
