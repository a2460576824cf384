namespace LogprobDashboard.DemoModel.Wire;

/// <summary>An error as OpenAI writes it: <c>{"error":{message,type,param,code}}</c>.</summary>
internal sealed record WireError(int StatusCode, string Message, string? Param, string? Code)
{
    public static WireError Malformed(string hint) =>
        new(400, $"We could not parse the JSON body of your request. (HINT: {hint})", null, null);

    public static WireError Missing(string param) =>
        new(400, $"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static WireError WrongType(string param, string expected, string got) =>
        new(400, $"Invalid type for '{param}': expected {expected}, but got {got} instead.", param, "invalid_type");

    public static WireError BelowMinimum(string param, long minimum, string got) =>
        new(400, $"Invalid '{param}': integer below minimum value. Expected a value >= {minimum}, but got {got} instead.", param, "integer_below_min_value");

    public static WireError AboveMaximum(string param, long maximum, string got) =>
        new(400, $"Invalid '{param}': integer above maximum value. Expected a value <= {maximum}, but got {got} instead.", param, "integer_above_max_value");

    public static WireError Unsupported(string param, string got, string supported) =>
        new(400, $"Unsupported value: '{param}' does not support {got} with this model. {supported}", param, "unsupported_value");

    public static WireError UnknownModel(string model) =>
        new(404, $"The model `{model}` does not exist or you do not have access to it.", "model", "model_not_found");

    public static WireError UnknownUrl(string method, string path) =>
        new(404, $"Invalid URL ({method} {path})", null, "unknown_url");

    public static WireError WrongMethod(string method) =>
        new(405, $"Not allowed to {method} here. (HINT: chat completions take POST, models take GET)", null, "method_not_supported");

    public static WireError TooLong(long limit) =>
        new(413, $"The request body is longer than the {limit} bytes that this model reads.", null, "request_too_large");
}
