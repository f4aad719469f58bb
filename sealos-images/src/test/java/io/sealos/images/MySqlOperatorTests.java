package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the MySQL Operator of Oracle, whose InnoDBCluster names no images. */
class MySqlOperatorTests {
    private static final String OPERATOR = "container-registry.oracle.com/mysql/community-operator:9.1.0-2.2.2";

    private static String manifest(String image, String spec) {
        return manifest(image, "", spec);
    }

    private static String manifest(String image, String repository, String spec) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: mysql-operator
                  namespace: mysql-operator
                spec:
                  template:
                    spec:
                      containers:
                      - name: mysql-operator
                        image: %s
                        args: ["mysqlsh", "--log-level=@INFO", "--pym", "mysqloperator", "operator"]
                        env:
                        - name: MYSQLSH_USER_CONFIG_HOME
                          value: /mysqlsh
                        - name: MYSQL_OPERATOR_DEFAULT_REPOSITORY
                          value: "%s"
                ---
                apiVersion: mysql.oracle.com/v2
                kind: InnoDBCluster
                metadata:
                  name: mycluster
                spec:
                  secretName: mypwds
                  tlsUseSelfSigned: true
                  instances: 3
                %s
                """.formatted(image, repository, spec.indent(2));
    }

    @Test
    void findsDefaultsWhenClusterNamesNoVersion() throws Exception {
        String manifest = manifest(OPERATOR, "router: {instances: 1}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(
                        OPERATOR,
                        "container-registry.oracle.com/mysql/community-router:9.1.0",
                        "container-registry.oracle.com/mysql/community-server:9.1.0");
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(OPERATOR);
    }

    @Test
    void findsSidecarInRegistryOfOracleWhenOnlyOperatorIsMirrored() throws Exception {
        String manifest = manifest(
                "registry.corp/mysql/community-operator:8.0.33-2.0.9", "version: 8.0.32\nrouter: {instances: 0}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        "container-registry.oracle.com/mysql/community-operator:8.0.33-2.0.9",
                        "container-registry.oracle.com/mysql/community-server:8.0.32",
                        "registry.corp/mysql/community-operator:8.0.33-2.0.9");
    }

    @Test
    void followsClusterWhenItSetsEditionAndVersions() throws Exception {
        String manifest = manifest(OPERATOR, "registry.corp/mysql", """
                edition: enterprise
                version: 8.4.3
                router: {instances: 2, version: 8.4.2}
                readReplicas:
                - {name: reports, instances: 1, version: 8.4.1}
                """);

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        OPERATOR,
                        "registry.corp/mysql/enterprise-operator:9.1.0-2.2.2",
                        "registry.corp/mysql/enterprise-router:8.4.2",
                        "registry.corp/mysql/enterprise-server:8.4.1",
                        "registry.corp/mysql/enterprise-server:8.4.3");
    }

    @Test
    void followsClusterWhenItSetsRepository() throws Exception {
        String manifest = manifest(OPERATOR, "registry.corp/mysql", "imageRepository: registry.corp/other");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        OPERATOR,
                        "registry.corp/other/community-operator:9.1.0-2.2.2",
                        "registry.corp/other/community-router:9.1.0",
                        "registry.corp/other/community-server:9.1.0");
    }

    @Test
    void findsImagesInDockerHubWhenOperatorIsOld() throws Exception {
        String manifest = manifest("mysql/mysql-operator:8.0.30-2.0.6", "router: {instances: 1}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        "docker.io/mysql/mysql-operator:8.0.30-2.0.6",
                        "docker.io/mysql/mysql-router:8.0.30",
                        "docker.io/mysql/mysql-server:8.0.30");
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        String operator = "container-registry.oracle.com/mysql/community-operator:9.9.0-2.9.0";

        ImageInventory inventory = OperatorScans.scan(manifest(operator, "router: {instances: 1}"));

        assertThat(OperatorScans.names(inventory)).containsExactly(operator);
        assertThat(inventory.isComplete()).isFalse();
    }
}
