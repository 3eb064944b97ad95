// Tells Porchlight who is signed in (.NET 6 or newer, no dependencies).
// With .NET 10 it runs as it stands and shows both proofs: dotnet run Identity.cs 42 "Anna" anna@example.com

using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

public static class Identity
{
    private static readonly string Site = Environment.GetEnvironmentVariable("PORCHLIGHT_SITE")!;
    private static readonly string KeyId = Environment.GetEnvironmentVariable("PORCHLIGHT_KEY_ID")!;
    private static readonly string Secret = Environment.GetEnvironmentVariable("PORCHLIGHT_SECRET")!;

    /// <summary>A token for the person who is signed in, good for ten minutes: make one whenever the page asks.</summary>
    public static string Token(string id, string? name, string? email)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = Part(new { alg = "HS256", typ = "JWT", kid = KeyId });
        var claims = Part(new { sub = id, name, email, aud = Site, iat = now, exp = now + 600 });
        return $"{header}.{claims}.{Base64Url(Mac($"{header}.{claims}"))}";
    }

    /// <summary>The plain hash of the person's id, for where a token is too much. It never expires.</summary>
    public static string Hash(string id) =>
        Convert.ToHexString(Mac($"porchlight-identity-v1\n{Site}\n{id}")).ToLowerInvariant();

    private static string Part<T>(T value) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(value));

    private static byte[] Mac(string text) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text));

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static void Main(string[] arguments)
    {
        Console.WriteLine(Token(arguments[0], arguments[1], arguments[2]));
        Console.WriteLine(Hash(arguments[0]));
    }
}
