package io.sealos.layout;

/** The texts of the files of {@link LayoutScaffold}. */
final class ScaffoldText {
    static final String CHART_KUBEFILE = """
            # A cluster image begins with nothing: sealos copies its files to the first master.
            FROM scratch

            # Values that users may change: sealos run -e NAMESPACE=...
            ENV NAMESPACE=%1$s
            ENV HELM_OPTS=""

            COPY charts charts

            # The images that the application runs: the build saves them into this directory.
            COPY registry registry

            # Each element is one line of shell. sealos puts the values of ENV in.
            CMD ["helm upgrade --install %1$s charts/%1$s --namespace $(NAMESPACE) --create-namespace $(HELM_OPTS)"]
            """;

    static final String MANIFESTS_KUBEFILE = """
            # A cluster image begins with nothing: sealos copies its files to the first master.
            FROM scratch

            COPY manifests manifests

            # The images that the application runs: the build saves them into this directory.
            COPY registry registry

            # Each element is one line of shell.
            CMD ["kubectl apply -f manifests/%1$s.yaml"]
            """;

    static final String ROOTFS_KUBEFILE = """
            # The base of a cluster, on every node.
            FROM scratch

            # The backslash keeps the variables for the run; without it the build would expand them.
            LABEL sealos.io.type="%1$s" \\
                  sealos.io.version="v1beta1" \\
                  version="%2$s" \\
                  init="init.sh" \\
                  clean="clean.sh" \\
                  check="check.sh \\$registryData" \\
                  init-registry="init-registry.sh \\$registryData \\$registryConfig" \\
                  clean-registry="clean-registry.sh \\$registryData \\$registryConfig"

            # Defaults that scripts and templates read.
            ENV registryData=/var/lib/registry \\
                registryConfig=/etc/registry \\
                registryDomain=sealos.hub \\
                registryPort=5000

            COPY scripts scripts

            # The images of Kubernetes itself: the build saves them into this directory.
            COPY registry registry
            """;

    static final String PATCH_KUBEFILE = """
            # Files that are laid over the rootfs, on every node.
            FROM scratch
            LABEL sealos.io.type="%1$s"
            COPY etc etc
            """;

    static final String CHART_YAML = """
            apiVersion: v2
            name: %1$s
            description: What is installed
            type: application
            version: 0.1.0
            """;

    static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %1$s
            data:
              greeting: hello
            """;

    static final String SHIM = """
            # Images that neither charts nor manifests name, one reference a line, such as
            # docker.io/library/busybox:1.36
            """;

    static final String SCRIPT = """
            #!/usr/bin/env bash
            set -e
            """;

    private ScaffoldText() {}
}
