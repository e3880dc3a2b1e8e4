using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace AiDub.Tests.Deploy;

/// <summary>What the files that deploy AiDub say, as far as it can be held to without an engine or a cluster.</summary>
public sealed class DeploymentFilesTests
{
    private static readonly string Root = RepositoryRoot();

    [Test]
    public void Every_manifest_is_of_the_schema_and_names_what_there_is()
    {
        var objects = Manifests().ToList();

        Assert.That(
            objects.Select(o => o.GetType().Name).Order(StringComparer.Ordinal),
            Is.EqualTo(new[]
            {
                nameof(V1ConfigMap), nameof(V1Deployment), nameof(V1Deployment),
                nameof(V1PodDisruptionBudget), nameof(V1PodDisruptionBudget), nameof(V1Service),
                nameof(V2HorizontalPodAutoscaler),
            }));
        foreach (var deployment in objects.OfType<V1Deployment>())
        {
            var container = deployment.Spec.Template.Spec.Containers.Single();
            Assert.That(deployment.Spec.Template.Spec.SecurityContext.RunAsUser, Is.EqualTo(10001));
            Assert.That(container.ReadinessProbe.HttpGet.Path, Is.EqualTo("/health/ready"));
            Assert.That(container.LivenessProbe.HttpGet.Path, Is.EqualTo("/health/live"));
            Assert.That(container.Resources.Limits, Contains.Key("memory"));
            Assert.That(container.VolumeMounts.Select(m => m.Name), Is.SubsetOf(deployment.Spec.Template.Spec.Volumes.Select(v => v.Name)));
            Assert.That(
                objects.OfType<V1PodDisruptionBudget>().Select(b => b.Spec.Selector.MatchLabels["app"]),
                Does.Contain(deployment.Metadata.Labels["app"]));
        }
        Assert.That(objects.OfType<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name, Is.EqualTo("aidub-worker"));
    }

    [Test]
    public void A_field_that_the_schema_does_not_have_is_found()
    {
        var misspelt = File.ReadAllText(Path.Combine(Root, "deploy", "kubernetes", "workers.yaml"))
            .Replace("minReplicas", "minReplica", StringComparison.Ordinal);

        Assert.That(() => KubernetesYaml.LoadAllFromString(misspelt, strict: true), Throws.Exception);
    }

    [Test]
    public void The_images_install_the_packages_that_the_script_installs()
    {
        var script = Words(Regex.Match(Read("aidub"), @"run_packages=\((?<list>[^)]*)\)", RegexOptions.None, Limit).Groups["list"].Value);
        var image = Words(
            Regex.Match(
                Read("deploy/Dockerfile"), @"--no-install-recommends (?<list>[^&]*)&&", RegexOptions.None, Limit).Groups["list"].Value);

        Assert.That(image, Is.EquivalentTo(script.Except(["jq"])), "jq is for the script alone");
    }

    [Test]
    public void Every_image_of_the_composition_is_pinned()
    {
        var images = Regex.Matches(Read("deploy/compose.yaml"), @"^ +image: (?<name>\S+)$", RegexOptions.Multiline, Limit)
            .Select(m => m.Groups["name"].Value)
            .ToList();

        Assert.That(images, Has.Count.EqualTo(3).And.All.Match(@":[^:]*\d"));
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(5);

    private static IEnumerable<object> Manifests() =>
        Directory.GetFiles(Path.Combine(Root, "deploy", "kubernetes"), "*.yaml").Where(f => Path.GetFileName(f) != "kustomization.yaml")
            .SelectMany(f => KubernetesYaml.LoadAllFromString(File.ReadAllText(f), strict: true));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string[] Words(string list) => list.Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries);

    private static string RepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AiDub.sln")))
                return folder;
        }
        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
