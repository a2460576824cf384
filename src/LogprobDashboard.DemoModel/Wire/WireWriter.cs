using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using LogprobDashboard.DemoModel.Answering;

namespace LogprobDashboard.DemoModel.Wire;

/// <summary>Writes answers, model lists and errors as OpenAI does. Log probs go out as doubles, shortest form that reads back the same.</summary>
internal static class WireWriter
{
    /// <summary>Changes whenever the model would answer the same request with other numbers.</summary>
    public const string Fingerprint = "fp_demo_ngram_1";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DemoResponse Completion(ChatRequest request, Answer answer, string id, long created) => Write(200, json =>
    {
        json.WriteString("id", $"chatcmpl-demo-{id}");
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", created);
        json.WriteString("model", ChatRequestReader.Model);
        json.WriteStartArray("choices");
        WriteChoice(json, request, answer);
        json.WriteEndArray();
        WriteUsage(json, request, answer.Positions.Count);
        json.WriteString("system_fingerprint", Fingerprint);
    });

    public static DemoResponse Error(WireError error) => Write(error.StatusCode, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", "invalid_request_error");
        json.WriteString("param", error.Param);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
    });

    public static DemoResponse ModelList() => Write(200, json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        json.WriteStartObject();
        WriteModel(json);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    public static DemoResponse SingleModel() => Write(200, WriteModel);

    private static void WriteModel(Utf8JsonWriter json)
    {
        json.WriteString("id", ChatRequestReader.Model);
        json.WriteString("object", "model");
        json.WriteNumber("created", 1767225600);
        json.WriteString("owned_by", "logprob-dashboard");
        json.WriteString("description", "A class-conditional n-gram model that learns only from the prompt. It is not a large language model.");
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatRequest request, Answer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", answer.Text);
        json.WriteNull("refusal");
        json.WriteEndObject();
        if (request.Logprobs)
            WriteLogprobs(json, answer, request.TopLogprobs);
        else
            json.WriteNull("logprobs");
        json.WriteString("finish_reason", answer.Stopped ? "stop" : "length");
        json.WriteEndObject();
    }

    private static void WriteLogprobs(Utf8JsonWriter json, Answer answer, int topLogprobs)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        foreach (var position in answer.Positions)
        {
            json.WriteStartObject();
            WriteToken(json, position[0]);
            json.WriteStartArray("top_logprobs");
            foreach (var token in position.Take(topLogprobs))
            {
                json.WriteStartObject();
                WriteToken(json, token);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("refusal");
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, TokenProbability token)
    {
        json.WriteString("token", token.Token);
        json.WriteNumber("logprob", token.LogProbability);
        json.WriteStartArray("bytes");
        Span<byte> utf8 = stackalloc byte[64];
        var bytes = Encoding.UTF8.GetByteCount(token.Token) <= utf8.Length
            ? utf8[..Encoding.UTF8.GetBytes(token.Token, utf8)]
            : Encoding.UTF8.GetBytes(token.Token);
        foreach (var value in bytes)
            json.WriteNumberValue((int)value);
        json.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter json, ChatRequest request, int completionTokens)
    {
        var promptTokens = 3;
        foreach (var message in request.Messages)
            promptTokens += 4 + Tokenizer.Count(message.Text);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", promptTokens);
        json.WriteNumber("completion_tokens", completionTokens);
        json.WriteNumber("total_tokens", promptTokens + completionTokens);
        json.WriteEndObject();
    }

    private static DemoResponse Write(int statusCode, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return new DemoResponse(statusCode, buffer.WrittenSpan.ToArray());
    }
}
