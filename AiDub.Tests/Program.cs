using AiDub.Tests.Faults;

// The tests run in the runner's process; as a program of its own this assembly is the worker that fault tests kill.
return await ScriptedWorker.RunAsync(args);
