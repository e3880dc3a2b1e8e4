namespace AiDub.Api.Limits;

/// <summary>An action that begins work: it counts as a submission for <see cref="LimitOptions.SubmitsPerMinute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BeginsWorkAttribute : Attribute;
