using System.Text;
using System.Text.Json;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using LLama;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;
using LLama.Sampling;

namespace AiDub.Jobs.Engines.LlamaCpp;

/// <summary>A language model run by llama.cpp, in the process that is its own.</summary>
internal sealed class LlamaModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "llama";

    // What a translation of a text has more than the text itself, in tokens: other scripts take up to three times as many.
    private const int AnswerFactor = 3;
    private const int LeastAnswer = 64;
    private const int TellEvery = 8;

    // A template that models without one of their own mostly follow.
    private const string UsualTemplate = "chatml";
    private readonly LLamaWeights _weights;

    private LlamaModel(LLamaWeights weights) => _weights = weights;

    /// <summary>Checks and loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">Its SHA-256; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<INativeModel> LoadAsync(string path, string? hash)
    {
        await ModelFile.CheckGgufAsync(path, hash);
        NativeLibraryConfig.All.WithLogCallback((_, _) => { });
        try
        {
            var model = new LlamaModel(await LLamaWeights.LoadFromFileAsync(new ModelParams(path) { GpuLayerCount = 0 }));
            model.Prompt([new LlamaTurn("user", "")]);
            return model;
        }
        catch (MissingTemplateException)
        {
            throw new ModelRefusedException($"{Path.GetFileName(path)} wants to be talked to in a form that llama.cpp does not know");
        }
        catch (LoadWeightsFailedException)
        {
            throw new ModelRefusedException($"{Path.GetFileName(path)} cannot be loaded: it is damaged, or of a kind that is not known");
        }
    }

    /// <inheritdoc/>
    public async Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        var asked = ask.Deserialize<LlamaAsk>(EngineJson.Options)!;
        if (asked.Turns.Count == 0)
            return new LlamaAnswer("", true, 0);
        var context = Math.Min(asked.ContextTokens, _weights.ContextSize);
        var prompt = Prompt(asked.Turns);
        var question = _weights.Tokenize(prompt, add_bos: true, special: true, Encoding.UTF8).Length;
        var last = _weights.Tokenize(asked.Turns[^1].Text, add_bos: false, special: false, Encoding.UTF8).Length;
        var most = Math.Min(context - question, Math.Max(LeastAnswer, AnswerFactor * last));
        // What cannot be answered in what is left is not begun: whoever asks divides it.
        if (question + Math.Max(LeastAnswer, last) > context)
            return new LlamaAnswer("", false, question);
        var content = new StringBuilder();
        var tokens = 0;
        await foreach (var said in Executor(asked, context).InferAsync(prompt, Inference(asked, most), ct))
        {
            content.Append(said);
            if (++tokens % TellEvery == 0)
                tell(Math.Min(0.99, (double)tokens / most));
        }
        ct.ThrowIfCancellationRequested();
        return new LlamaAnswer(content.ToString(), tokens < most, question + tokens);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    private StatelessExecutor Executor(LlamaAsk asked, int context) => new(_weights, new ModelParams("")
    {
        ContextSize = (uint)context,
        Threads = asked.Threads,
        BatchThreads = asked.Threads,
        GpuLayerCount = 0,
    });

    private static InferenceParams Inference(LlamaAsk asked, int most) => new()
    {
        MaxTokens = most,
        SamplingPipeline = asked.Temperature == 0
            ? new GreedySamplingPipeline { Grammar = new Grammar(asked.Grammar, "root") }
            : new DefaultSamplingPipeline { Grammar = new Grammar(asked.Grammar, "root"), Temperature = asked.Temperature, Seed = 1 },
    };

    // As the model was trained to be talked to: its file says how.
    private string Prompt(IReadOnlyList<LlamaTurn> turns)
    {
        try
        {
            return Apply(new LLamaTemplate(_weights) { AddAssistant = true }, turns);
        }
        catch (TemplateNotFoundException)
        {
            return Apply(new LLamaTemplate(UsualTemplate) { AddAssistant = true }, turns);
        }
    }

    private static string Apply(LLamaTemplate template, IReadOnlyList<LlamaTurn> turns)
    {
        foreach (var (role, text) in turns)
            template.Add(role, text);
        return LLamaTemplate.Encoding.GetString(template.Apply());
    }
}
