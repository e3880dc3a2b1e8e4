using AiDub.Tests.Bench;
using AiDub.Tests.Documents;
using AiDub.Tests.Faults;
using AiDub.Tests.Jobs.Engines.Native;

// ./aidub docs
if (args is ["docs"])
    return await GeneratedPart.WriteAsync(Console.Out);

// The tests run in the runner's process; as a program of its own this assembly is the service, or the worker, that fault tests kill,
// or the process of a native engine, or what benchmarks hold the service to.
if (args is [EmptyService.Word, var address])
    return await EmptyService.RunAsync(address);
if (args is ["engine", ..])
    return await ScriptedModel.RunAsync();
if (Environment.GetEnvironmentVariable(StorePutter.Variable) is { Length: > 0 } path)
    return await StorePutter.RunAsync(path);
return Environment.GetEnvironmentVariable(FaultScript.Variable) is { Length: > 0 } script
    ? await FaultyService.RunAsync(args, script)
    : await ScriptedWorker.RunAsync(args);
