using MailInbox.Host.Commands;

return await CommandLine.Run(args);
