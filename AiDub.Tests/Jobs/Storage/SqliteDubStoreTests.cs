using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Sqlite;

namespace AiDub.Tests.Jobs.Storage;

[TestFixture]
public sealed class SqliteDubStoreTests : DubStoreContract
{
    private TestData _data = null!;
    private SqliteDubStore _store = null!;

    protected override IDubStore Store => _store;

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _store = new SqliteDubStore(new SqliteDatabase(_data.Directory), TimeProvider.System);
    }

    [TearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }
}
