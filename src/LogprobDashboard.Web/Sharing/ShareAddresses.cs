namespace LogprobDashboard.Web.Sharing;

/// <summary>The addresses of links: on the listener of their own where there is one, else on the product's.</summary>
public sealed class ShareAddresses
{
    private static readonly string[] Anywhere = ["*", "+", "0.0.0.0", "[::]"];

    private readonly ShareListener _listener;

    internal ShareAddresses(ShareListener listener) => _listener = listener;

    /// <param name="token">Of the link.</param>
    /// <param name="product">How the product is called by whoever asks: where the listener has every name, it has this one.</param>
    public string Of(string token, Uri product)
    {
        ArgumentNullException.ThrowIfNull(product);
        if (_listener.Addresses.Count == 0)
            return new Uri(product, SharedPage.Path + token).AbsoluteUri;
        var (told, bound) = _listener.Addresses[0];
        var host = Anywhere.Contains(told.Host, StringComparer.Ordinal) ? product.Host : told.Host;
        var port = told.Port == 0 ? BindingAddress.Parse(bound).Port : told.Port;
        return new UriBuilder(told.Scheme, host, port, SharedPage.Path + token).Uri.AbsoluteUri;
    }

    /// <summary>Whether an address leads to this computer only.</summary>
    public static bool IsLocal(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
