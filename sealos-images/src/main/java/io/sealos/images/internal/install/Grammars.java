package io.sealos.images.internal.install;

import io.sealos.images.internal.install.CommandLine.Grammar;
import java.util.Map;
import java.util.Set;

/** The options of the programs that apply or run images. */
final class Grammars {
    /** The options of install, upgrade and template, and the global options of Helm. */
    static final Grammar HELM = new Grammar(
            Map.ofEntries(
                    Map.entry("f", "values"),
                    Map.entry("n", "namespace"),
                    Map.entry("i", "install"),
                    Map.entry("g", "generate-name"),
                    Map.entry("o", "output"),
                    Map.entry("h", "help"),
                    Map.entry("a", "api-versions"),
                    Map.entry("s", "show-only"),
                    Map.entry("l", "labels")),
            words("values set set-string set-json set-file set-literal namespace output api-versions show-only "
                    + "labels ca-file cert-file key-file keyring description name name-template password username "
                    + "post-renderer post-renderer-args repo timeout version history-max kube-version output-dir "
                    + "release-name-template kubeconfig kube-context kube-apiserver kube-as-group kube-as-user "
                    + "kube-ca-file kube-tls-server-name kube-token burst-limit qps registry-config repository-cache "
                    + "repository-config color colour tiller-namespace host"));

    /** The options of the commands of kubectl and kustomize that name files or images, and the global options. */
    static final Grammar KUBECTL = new Grammar(
            Map.ofEntries(
                    Map.entry("A", "all-namespaces"),
                    Map.entry("L", "label-columns"),
                    Map.entry("R", "recursive"),
                    Map.entry("c", "container"),
                    Map.entry("e", "env"),
                    Map.entry("f", "filename"),
                    Map.entry("i", "stdin"),
                    Map.entry("k", "kustomize"),
                    Map.entry("l", "selector"),
                    Map.entry("n", "namespace"),
                    Map.entry("o", "output"),
                    Map.entry("p", "patch"),
                    Map.entry("r", "replicas"),
                    Map.entry("s", "server"),
                    Map.entry("t", "tty"),
                    Map.entry("v", "v")),
            words("filename kustomize namespace selector output server v vmodule patch patch-file type replicas "
                    + "container label-columns as as-group as-uid cache-dir certificate-authority client-certificate "
                    + "client-key cluster context kubeconfig kuberc password username profile profile-output "
                    + "request-timeout tls-server-name token user field-manager timeout grace-period prune-allowlist "
                    + "prune-whitelist template subresource image image-pull-policy env labels annotations port "
                    + "hostport overrides override-type pod-running-timeout restart limits requests serviceaccount "
                    + "generator schedule from from-literal from-file from-env-file cert key docker-server "
                    + "docker-username docker-password docker-email tcp clusterip external-name node-port class rule "
                    + "default-backend annotation verb resource resource-name clusterrole role group hard scopes "
                    + "min-available max-unavailable value description preemption-policy audience duration raw target "
                    + "copy-to set-image log-flush-frequency keys prefix load-restrictor load_restrictor reorder "
                    + "helm-command helm-api-versions helm-kube-version mount network-name"));

    /** The options with which docker, nerdctl, podman, ctr and crictl pull and run images. */
    static final Grammar CONTAINERS = new Grammar(
            Map.of(),
            words("v volume p publish e env env-file name network net network-alias u user w workdir hostname h m "
                    + "memory memory-swap cpus cpu-shares cpuset-cpus entrypoint restart mount l label label-file "
                    + "add-host log-driver log-opt log-level platform device cap-add cap-drop security-opt ulimit dns "
                    + "dns-search ip pid ipc gpus runtime shm-size tmpfs volumes-from link expose group-add cidfile "
                    + "cgroup-parent health-cmd health-interval health-retries health-timeout mac-address "
                    + "oom-score-adj stop-signal stop-timeout sysctl userns uts isolation annotation a attach "
                    + "detach-keys storage-opt volume-driver n namespace address H host c context config creds auth "
                    + "pod-config hosts-dir snapshotter cwd memory-limit pid-file r runtime-endpoint image-endpoint "
                    + "timeout authfile cert-dir arch os variant"));

    private Grammars() {}

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }
}
