using System.Text;
using AiDub.Domain.Errors;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Jobs.Telemetry;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Hosting;

public sealed class StartRefusalTests
{
    [Test]
    public void Settings_that_are_no_JSON_are_told_with_their_file_and_line()
    {
        using var data = new TestData();
        var file = data.Write("appsettings.json", "{\n  \"Workers\": { \"Count\": 1,, }\n}\n");
        var error = Caught(() => new ConfigurationBuilder().AddJsonFile(file).Build());

        Assert.That(
            StartRefusal.Explain(error),
            Does.Contain("appsettings.json").And.Contain("LineNumber: 1").And.EndWith("Correct the file.").And.Not.Contain("\n"));
    }

    [TestCase("Workers:Count", "two", "Workers:Count is 'two', which is not a whole number.")]
    [TestCase("Workers:Count", "\"3\"", "Workers:Count begins and ends with quotes, which are taken for a part of it: leave them out.")]
    [TestCase("Workers:MaxShare", "half", "Workers:MaxShare is 'half', which is not a number.")]
    public void A_value_that_is_read_before_all_are_looked_through_is_told_as_any_other(string setting, string value, string line)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        var error = Caught(() => configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>());

        Assert.That(StartRefusal.Explain(error), Is.EqualTo(line));
    }

    [Test]
    public void One_of_several_names_that_is_read_so_is_told_with_those_there_are()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Telemetry:Protocol", "Smoke")]).Build();
        var error = Caught(() => configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>());

        Assert.That(StartRefusal.Explain(error), Is.EqualTo("Telemetry:Protocol is 'Smoke', which is not one of HttpProtobuf, Grpc."));
    }

    [Test]
    public void A_database_that_is_none_is_told_with_what_to_do()
    {
        using var data = new TestData();
        File.WriteAllText(Path.Combine(data.Root, "aidub.db"), new string('x', 10_000));

        Assert.That(Explained(data.Root), Is.EqualTo(
            "the database aidub.db in Data:Directory is damaged or no database of SQLite: put a copy of it back, or move it away to "
                + "begin anew."));
    }

    [Test]
    public void A_folder_in_the_place_of_the_database_is_told()
    {
        using var data = new TestData();
        Directory.CreateDirectory(Path.Combine(data.Root, "aidub.db"));

        Assert.That(Explained(data.Root), Does.StartWith("the database aidub.db in Data:Directory cannot be opened"));
    }

    [Test]
    public void A_data_folder_whose_name_is_too_long_for_the_database_is_told_with_how_long_it_may_be()
    {
        using var data = new TestData();
        var fits = Path.Combine(data.Root, new string('f', 200), new string('o', 200), "");
        fits += new string('l', 495 - fits.Length);

        Assert.That(() => Make(fits), Throws.Nothing);
        Assert.That(Explained(fits + "l"), Is.EqualTo(
            $"Data:Directory '{fits}l' is too long for the database in it: choose a folder whose name has at most 495 bytes."));
    }

    [Test]
    public void A_file_in_the_place_of_a_folder_is_told_with_what_to_do()
    {
        using var data = new TestData();
        var file = data.Write("objects", "");

        Assert.That(
            StartRefusal.Explain(Caught(() => Directory.CreateDirectory(file))),
            Does.Contain(file).And.Contain("move it away"));
    }

    [TestCase("/dev/null/data")]
    [TestCase("/proc/data")]
    public void A_data_folder_that_cannot_be_made_is_told_by_its_setting(string folder)
    {
        var error = Caught(() => new DataDirectory(Options.Create(new DataOptions { Directory = folder })));

        Assert.That(error, Is.TypeOf<StartRefusedException>());
        Assert.That(
            StartRefusal.Explain(error),
            Does.StartWith($"Data:Directory '{folder}' cannot be written (").And.EndWith(
                "choose a folder of this user's, or give it to them."));
    }

    [Test]
    public void Whatever_else_stops_a_start_is_one_line_too()
    {
        var text = new StringBuilder("first").AppendLine().Append("second");

        Assert.That(
            StartRefusal.Explain(new AggregateException(new TimeoutException(text.ToString()))),
            Is.EqualTo("TimeoutException: first second"));
    }

    private static string Explained(string folder) => StartRefusal.Explain(Caught(() => Make(folder)));

    private static void Make(string folder)
    {
        using var directory = new DataDirectory(Options.Create(new DataOptions { Directory = folder }));
        using var database = new SqliteDatabase(directory);
        database.Make();
    }

    private static Exception Caught(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            return e;
        }
        throw new AssertionException("It went well.");
    }
}
