using AiDub.Jobs.Hosting;
using AiDub.Jobs.Hosting.Health;
using Microsoft.AspNetCore.Builder;

var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseWorkerAddress(args);
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddReadiness();

var worker = builder.Build();
worker.MapHealth();
await worker.RunAsync();
