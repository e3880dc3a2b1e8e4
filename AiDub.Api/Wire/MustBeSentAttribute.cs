namespace AiDub.Api.Wire;

/// <summary>
/// A field that a request must have. Reading it does not fail when it is absent: a rule says so, among what else is wrong.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MustBeSentAttribute : Attribute;
