using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AiDub.Tests.Api.Fakes;

/// <summary>A body of JSON that is sent a byte at a time, without its length.</summary>
internal sealed class SlowJson : HttpContent
{
    private readonly string _json;

    public SlowJson(string json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var one in Encoding.UTF8.GetBytes(_json))
        {
            stream.WriteByte(one);
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
