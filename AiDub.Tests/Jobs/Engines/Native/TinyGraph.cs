using Google.Protobuf;
using Onnx;

namespace AiDub.Tests.Jobs.Engines.Native;

/// <summary>Builds ONNX graphs of a few nodes: what they compute can be computed plainly beside them.</summary>
internal sealed class TinyGraph
{
    private readonly GraphProto _graph = new() { Name = "tiny" };
    private int _made;

    /// <summary>Names an input of floats; −1 is any length.</summary>
    public string Input(string name, params long[] dimensions) => Input(name, TensorProto.Types.DataType.Float, dimensions);

    /// <summary>Names an input; −1 is any length.</summary>
    public string Input(string name, TensorProto.Types.DataType type, params long[] dimensions)
    {
        _graph.Input.Add(Value(name, type, dimensions));
        return name;
    }

    /// <summary>A constant of floats.</summary>
    public string Constant(float[] values, params long[] dimensions)
    {
        var tensor = new TensorProto { Name = New(), DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.Add(dimensions);
        tensor.FloatData.Add(values);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A constant of whole numbers; no dimensions: a single one.</summary>
    public string Constant(long[] values, params long[] dimensions)
    {
        var tensor = new TensorProto { Name = New(), DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(dimensions);
        tensor.Int64Data.Add(values);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A node with one output, whose name is returned.</summary>
    public string Node(string operation, IEnumerable<string> inputs, params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = New() };
        node.Input.Add(inputs);
        node.Output.Add(node.Name);
        node.Attribute.Add(attributes.Select(
            a => new AttributeProto { Name = a.Name, I = a.Value, Type = AttributeProto.Types.AttributeType.Int }));
        _graph.Node.Add(node);
        return node.Name;
    }

    /// <summary>Makes what a node answers the output of a name.</summary>
    public TinyGraph Output(string name, string node, params long[] dimensions)
    {
        var identity = new NodeProto { OpType = "Identity", Name = New() };
        identity.Input.Add(node);
        identity.Output.Add(name);
        _graph.Node.Add(identity);
        _graph.Output.Add(Value(name, TensorProto.Types.DataType.Float, dimensions));
        return this;
    }

    /// <summary>Writes it as a file.</summary>
    public async Task<string> WriteAsync(string path)
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "aidub-tests", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        await File.WriteAllBytesAsync(path, model.ToByteArray());
        return path;
    }

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, long[] dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(dimensions.Select((d, i) => d < 0
            ? new TensorShapeProto.Types.Dimension { DimParam = $"{name}{i}" }
            : new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }

    private string New() => $"n{_made++}";
}
