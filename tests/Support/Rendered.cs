using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace MailInbox.Tests.Support;

/// <summary>Pages and fragments with made-up contents, written as the gateway writes them.</summary>
internal static class Rendered
{
    /// <param name="parameters">The component's, as an anonymous object.</param>
    public static async Task<string> Html<TComponent>(TestGateway gateway, object parameters)
        where TComponent : IComponent
    {
        await using AsyncServiceScope scope = gateway.Get<IServiceScopeFactory>().CreateAsyncScope();
        using MemoryStream body = new();
        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = gateway.Web.Scheme;
        context.Request.Host = new HostString(gateway.Web.Authority);
        context.Response.Body = body;
        await new RazorComponentResult<TComponent>(parameters).ExecuteAsync(context);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
