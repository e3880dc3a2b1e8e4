namespace AiDub.Api.Wire;

/// <summary>A body of which only the first wrong field is told, without a list of errors, as the contract spells it.</summary>
internal interface INamesFirstError;
