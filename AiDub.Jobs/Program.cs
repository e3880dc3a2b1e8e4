using AiDub.Jobs.Hosting;
using AiDub.Jobs.Hosting.Doctor;
using AiDub.Jobs.Hosting.Health;
using AiDub.Jobs.Hosting.Models;
using Microsoft.AspNetCore.Builder;

if (args is ["doctor", .. var settings])
    return await DoctorProgram.RunAsync(settings, Console.Out, CancellationToken.None);
if (args is ["prepare", .. var given])
    return await PrepareProgram.RunAsync(given, Console.Out, CancellationToken.None);
if (args is ["migrate", .. var where])
    return await MigrateProgram.RunAsync(where, Console.Out, CancellationToken.None);
if (args is ["models", .. var told])
{
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        stop.Cancel();
    };
    return await ModelsProgram.RunAsync(told, Console.Out, stop.Token);
}
if (args is ["engine", .. var engine])
    return await EngineProgram.RunAsync(engine);

return await ServiceRun.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseWorkerAddress(args);
    builder.Services.AddWorker(builder.Configuration);
    builder.Services.AddReadiness();

    var worker = builder.Build();
    worker.MapHealth();
    return worker;
});
