using System.Globalization;
using System.Reflection;

namespace MailInbox.Inbox.Storage;

/// <summary>One numbered step of a database's tables.</summary>
internal sealed record Migration(int Number, string Sql)
{
    /// <summary>Resources <c>….Migrations.{name}.0001_words.sql</c>, in order.</summary>
    public static IReadOnlyList<Migration> Of(string name)
    {
        Assembly assembly = typeof(Migration).Assembly;
        string prefix = $"{typeof(Migration).Namespace}.Migrations.{name}.";
        List<Migration> steps = [];
        foreach (string resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            steps.Add(new Migration(int.Parse(resource.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), reader.ReadToEnd()));
        }

        return steps;
    }
}
