using AiDub.Api;
using AiDub.Jobs.Hosting;

return await ServiceRun.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddJobs(builder.Configuration);
    builder.Services.AddApi(builder.Configuration);

    var app = builder.Build();
    app.UseApi();
    app.MapApi();
    return app;
});
