using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace MailInbox.Admin.Layout;

/// <summary>Addresses of the bundled script and style with the fingerprint of their content, so that browsers may keep them for ever.</summary>
public sealed class AssetAddresses(EndpointDataSource endpoints)
{
    public string App(string file) => _addresses.Value.GetValueOrDefault("_admin/dist/" + file, "/_admin/dist/" + file);

    private readonly Lazy<Dictionary<string, string>> _addresses = new(() => Read(endpoints));

    private static Dictionary<string, string> Read(EndpointDataSource endpoints)
    {
        Dictionary<string, string> found = [];
        foreach (Endpoint endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not { Selectors.Count: 0 } asset)
                continue;
            if (asset.Properties.FirstOrDefault(p => p.Name == "label")?.Value is { } label)
                found[label] = "/" + asset.Route;
        }
        return found;
    }
}
