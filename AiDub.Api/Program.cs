using AiDub.Api;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Hosting.Doctor;

if (args is ["doctor", .. var settings])
    return await DoctorProgram.RunAsync(
        settings, Console.Out, CancellationToken.None, (services, configuration) => services.AddApi(configuration));

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
