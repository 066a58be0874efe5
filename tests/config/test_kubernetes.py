"""deploy/kubernetes runs what config/processes.py says, by manifests that Kubernetes takes, and its
scaling asks for metrics that there are."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from config.processes import PROCESSES, Process
from tests.config.test_deployment import DEPLOY, ROOT

FOLDER = DEPLOY / "kubernetes"
SCHEMAS = json.loads((Path(__file__).parent / "vendor" / "kubernetes.json").read_text())
# By what the items of a list are told apart when one is laid over another.
KEYS = ("mountPath", "name")
names = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)


def read(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / name).read_text()))


KUSTOMIZATION = read("kustomization.yaml")[0]


def laid_over(base: Any, patch: Any) -> Any:
    """As kustomize lays a patch over a manifest (a strategic merge), as far as these need it."""
    if isinstance(base, dict) and isinstance(patch, dict):
        both = {**base, **patch}
        return {name: laid_over(base.get(name), patch.get(name, base.get(name))) for name in both}
    key = next((key for key in KEYS if _all_have(key, base) and _all_have(key, patch)), None)
    if key:
        over = {item[key]: item for item in patch}
        under = {item[key]: item for item in base}
        return [
            laid_over(under.get(name), over.get(name, under.get(name))) for name in under | over
        ]
    return patch


def _all_have(key: str, items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(one, dict) and key in one for one in items)


def manifests() -> list[dict[str, Any]]:
    """What `kubectl apply --kustomize` sends, but for labels and the namespace."""
    found = [manifest for name in KUSTOMIZATION["resources"] for manifest in read(name)]
    for each in KUSTOMIZATION["patches"]:
        patch = {"spec": read(each["path"])[0]["spec"]}
        kind = re.compile(each["target"]["kind"])
        found = [
            laid_over(manifest, patch) if kind.fullmatch(manifest["kind"]) else manifest
            for manifest in found
        ]
    return found


MANIFESTS = manifests()


def of(kind: str) -> dict[str, dict[str, Any]]:
    """Those of a kind, by name."""
    return {one["metadata"]["name"]: one for one in MANIFESTS if one["kind"] == kind}


def pod(kind: str, name: str) -> dict[str, Any]:
    return of(kind)[name]["spec"]["template"]["spec"]


@pytest.mark.parametrize(
    "manifest", MANIFESTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}"
)
def test_kubernetes_takes_each(manifest: dict[str, Any]):
    schema = SCHEMAS["kinds"][f"{manifest['apiVersion']}/{manifest['kind']}"]
    validator = Draft202012Validator({"$defs": SCHEMAS["$defs"], **schema})

    assert [error.message for error in validator.iter_errors(manifest)] == []


def test_a_misspelt_field_would_be_found():
    wrong = json.loads(json.dumps(of("Deployment")["web"]))
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    schema = {"$defs": SCHEMAS["$defs"], **SCHEMAS["kinds"]["apps/v1/Deployment"]}

    [error] = Draft202012Validator(schema).iter_errors(wrong)

    assert "readynessProbe" in error.message


def test_there_is_a_deployment_for_each_process_and_every_file_is_used():
    used = {*KUSTOMIZATION["resources"], *(each["path"] for each in KUSTOMIZATION["patches"])}
    files = {path.name for path in FOLDER.iterdir()}

    assert set(of("Deployment")) == {process.name for process in PROCESSES}
    assert files - used == {"kustomization.yaml", "prometheus-adapter.yaml"}


@names
def test_it_is_started_with_these_arguments_this_often_and_let_end(process: Process):
    deployment, spec = of("Deployment")[process.name]["spec"], pod("Deployment", process.name)
    [container] = spec["containers"]
    scaled = of("HorizontalPodAutoscaler").get(process.name)
    waits = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)

    assert tuple(container["args"]) == process.arguments
    # Who is scaled says how many; a number in the manifest would undo it at every release.
    least = scaled["spec"]["minReplicas"] if scaled else deployment["replicas"]
    assert least == process.replicas
    assert ("replicas" in deployment) != bool(scaled)
    assert spec["terminationGracePeriodSeconds"] == process.stop_seconds + waits
    assert deployment["selector"]["matchLabels"].items() <= (
        deployment["template"]["metadata"]["labels"].items()
    )


def test_a_release_takes_no_web_process_away_before_another_is_ready():
    [container] = pod("Deployment", "web")["containers"]
    rolling = of("Deployment")["web"]["spec"]["strategy"]["rollingUpdate"]

    assert rolling["maxUnavailable"] == 0
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "http"}
    assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "http"}
    assert of("PodDisruptionBudget")["web"]["spec"]["maxUnavailable"] == 1
    assert of("Deployment")["beat"]["spec"]["strategy"] == {"type": "Recreate"}


def test_processes_wait_for_the_tables_of_their_release():
    [job] = pod("Job", "medley-prepare")["containers"]

    assert job["args"] == ["manage.py", "migrate", "--noinput"]
    for process in PROCESSES:
        [waiting] = pod("Deployment", process.name)["initContainers"]
        assert waiting["args"][0].startswith("until python manage.py migrate --check")


def test_each_process_serves_the_static_files_of_its_own_image():
    [container] = pod("Deployment", "web")["containers"]
    [root] = [one["value"] for one in container["env"] if one["name"] == "STATIC_ROOT"]

    assert f"RUN STATIC_ROOT={root} " in (DEPLOY / "Dockerfile").read_text()


def test_whoever_comes_in_meets_the_web_at_its_port():
    [rule] = of("Ingress")["medley"]["spec"]["rules"]
    [path] = rule["http"]["paths"]
    [service] = of("Service")["web"]["spec"]["ports"]
    [container] = pod("Deployment", "web")["containers"]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}

    assert path["backend"]["service"] == {"name": "web", "port": {"name": service["name"]}}
    assert f"--port={ports[service['targetPort']]}" in container["args"]


@pytest.mark.parametrize("process", [one for one in PROCESSES if one.name not in ("web", "beat")])
def test_a_worker_is_scaled_by_how_long_its_queue_waits(process: Process):
    served = next(word for word in process.arguments if word.startswith("--queues="))[9:]
    [metric] = of("HorizontalPodAutoscaler")[process.name]["spec"]["metrics"]
    named = metric["external"]["metric"]

    assert named["name"] == "medley_queue_oldest_seconds"
    assert named["selector"]["matchLabels"]["queue"] in served.split(",")


def test_every_metric_that_is_asked_for_is_told():
    asked = {
        source["metric"]["name"]
        for scaler in of("HorizontalPodAutoscaler").values()
        for metric in scaler["spec"]["metrics"]
        if (source := metric.get("pods") or metric.get("external"))
    }
    rules = read("prometheus-adapter.yaml")[0]["rules"]
    served = {rule["seriesQuery"].partition("{")[0] for rule in rules["custom"] + rules["external"]}
    told = (ROOT / "docs" / "operations.md").read_text().partition("## Watching")[2]

    assert asked == served == {"medley_sockets", "medley_queue_oldest_seconds"}
    assert all(f"`{name}`" in told for name in asked)


def test_nothing_runs_as_root_or_may_write_where_its_code_lies():
    for process in PROCESSES:
        spec = pod("Deployment", process.name)
        assert spec["securityContext"]["runAsNonRoot"]
        for container in spec["containers"] + spec["initContainers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }


def test_what_the_cluster_sets_are_settings():
    page = (ROOT / "docs" / "operations.md").read_text()
    settings = page.partition("## Settings")[2]
    [container] = pod("Deployment", "web")["containers"]

    assert [one["name"] for one in container["env"] if f"`{one['name']}`" not in settings] == []
    assert container["envFrom"] == [{"secretRef": {"name": "medley"}}]
