using AiDub.Api;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddApi(builder.Configuration);

var app = builder.Build();
app.UseApi();
app.MapApi();
await app.RunAsync();
