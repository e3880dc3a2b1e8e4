using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace AiDub.Api.Endpoints;

/// <summary>Finds our controllers though no other project sees them; MVC by itself takes public ones only.</summary>
internal sealed class OwnControllers : ControllerFeatureProvider
{
    /// <inheritdoc/>
    protected override bool IsController(TypeInfo typeInfo) =>
        !typeInfo.IsAbstract && typeInfo.Assembly == typeof(OwnControllers).Assembly && typeInfo.IsAssignableTo(typeof(ControllerBase));
}
