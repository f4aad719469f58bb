package io.sealos.images;

import static io.sealos.images.OperatorScans.deployment;
import static io.sealos.images.OperatorScans.names;
import static io.sealos.images.OperatorScans.scan;
import static io.sealos.images.OperatorScans.scanWithoutFacts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans a manifest of each known operator, with a custom resource that names no images. */
class KnownOperatorTests {
    private static final String ECK = "docker.elastic.co/eck/eck-operator:3.2.0";
    private static final String CNPG = "ghcr.io/cloudnative-pg/cloudnative-pg:1.28.1";
    private static final String ZALANDO = "ghcr.io/zalando/postgres-operator:v1.14.0";
    private static final String CERT_MANAGER = "quay.io/jetstack/cert-manager-controller:v1.19.1";
    private static final String STRIMZI = "quay.io/strimzi/operator:0.48.0";

    private static final String STACK = """
            apiVersion: elasticsearch.k8s.elastic.co/v1
            kind: Elasticsearch
            metadata:
              name: logs
            spec:
              version: 8.17.3
              nodeSets:
              - name: default
                count: 3
              monitoring:
                logs:
                  elasticsearchRefs:
                  - name: monitoring
            ---
            apiVersion: kibana.k8s.elastic.co/v1
            kind: Kibana
            metadata:
              name: logs
            spec:
              version: 9.1.2
            ---
            apiVersion: beat.k8s.elastic.co/v1beta1
            kind: Beat
            metadata:
              name: nodes
            spec:
              type: metricbeat
              version: 9.1.2
            ---
            apiVersion: agent.k8s.elastic.co/v1alpha1
            kind: Agent
            metadata:
              name: fleet
            spec:
              version: 9.1.2
            ---
            apiVersion: maps.k8s.elastic.co/v1alpha1
            kind: ElasticMapsServer
            metadata:
              name: maps
            spec:
              version: 8.11.0
            """;

    @Test
    void findsElasticStackWhenResourcesHaveVersions() throws Exception {
        String manifest = deployment(ECK) + STACK;

        assertThat(names(scan(manifest)))
                .containsExactly(
                        "docker.elastic.co/beats/filebeat:8.17.3",
                        "docker.elastic.co/beats/metricbeat:9.1.2",
                        ECK,
                        "docker.elastic.co/elastic-agent/elastic-agent:9.1.2",
                        "docker.elastic.co/elastic-maps-service/elastic-maps-server-ubi8:8.11.0",
                        "docker.elastic.co/elasticsearch/elasticsearch:8.17.3",
                        "docker.elastic.co/kibana/kibana:9.1.2");
        assertThat(scan(manifest).isComplete()).isTrue();
        assertThat(names(scanWithoutFacts(manifest))).containsExactly(ECK);
    }

    @Test
    void findsElasticStackInOwnRegistryWhenOperatorIsConfigured() throws Exception {
        String manifest = deployment(ECK, "--ubi-only") + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: elastic-operator
                data:
                  eck.yaml: |-
                    log-verbosity: 0
                    container-registry: registry.example.com
                    container-repository: mirror
                ---
                """ + STACK;

        assertThat(names(scan(manifest)))
                .containsExactly(
                        ECK,
                        "registry.example.com/mirror/elastic-agent:9.1.2",
                        "registry.example.com/mirror/elastic-maps-server-ubi8:8.11.0",
                        "registry.example.com/mirror/elasticsearch-ubi:8.17.3",
                        "registry.example.com/mirror/filebeat-ubi:8.17.3",
                        "registry.example.com/mirror/kibana:9.1.2",
                        "registry.example.com/mirror/metricbeat:9.1.2");
    }

    @Test
    void findsNothingMoreWhenResourceNamesImage() throws Exception {
        String manifest = deployment(ECK) + """
                apiVersion: elasticsearch.k8s.elastic.co/v1
                kind: Elasticsearch
                metadata:
                  name: logs
                spec:
                  version: 8.17.3
                  image: registry.example.com/elasticsearch:8.17.3
                """;

        assertThat(names(scan(manifest))).containsExactly(ECK, "registry.example.com/elasticsearch:8.17.3");
    }

    private static final String CLUSTER = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata:
              name: orders
            spec:
              instances: 3
              storage:
                size: 1Gi
            ---
            apiVersion: postgresql.cnpg.io/v1
            kind: Pooler
            metadata:
              name: orders-rw
            spec:
              cluster:
                name: orders
              pgbouncer:
                poolMode: session
            """;

    @Test
    void findsPostgresAndPoolerOfCloudNativePgWhenClusterHasNoImage() throws Exception {
        String manifest = deployment(CNPG) + CLUSTER;

        assertThat(names(scan(manifest)))
                .containsExactly(
                        CNPG,
                        "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
                        "ghcr.io/cloudnative-pg/postgresql:18.1-system-trixie");
        assertThat(names(scanWithoutFacts(manifest))).containsExactly(CNPG);
    }

    @Test
    void findsInitContainerOfCloudNativePgWhenOperatorIsMirrored() throws Exception {
        String mirrored = "registry.example.com/cloudnative-pg/cloudnative-pg:1.28.1";

        assertThat(names(scan(deployment(mirrored) + CLUSTER)))
                .containsExactly(
                        CNPG,
                        "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
                        "ghcr.io/cloudnative-pg/postgresql:18.1-system-trixie",
                        mirrored);
    }

    @Test
    void findsConfiguredPostgresWhenCloudNativePgHasSettings() throws Exception {
        String manifest = deployment(CNPG) + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: cnpg-controller-manager-config
                data:
                  POSTGRES_IMAGE_NAME: registry.example.com/postgresql:17
                ---
                """ + CLUSTER;

        assertThat(names(scan(manifest)))
                .containsExactly(CNPG, "ghcr.io/cloudnative-pg/pgbouncer:1.25.1", "registry.example.com/postgresql:17");
    }

    private static final String DATABASE = """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata:
              name: acid-orders
            spec:
              teamId: acid
              numberOfInstances: 2
              enableConnectionPooler: true
              enableLogicalBackup: false
              postgresql:
                version: "17"
            """;

    @Test
    void findsSpiloOfZalandoWhenNothingIsConfigured() throws Exception {
        String manifest = deployment(ZALANDO) + DATABASE;

        assertThat(names(scan(manifest)))
                .containsExactly(
                        ZALANDO, "ghcr.io/zalando/spilo-17:4.0-p2", "registry.opensource.zalan.do/acid/pgbouncer");
        assertThat(names(scanWithoutFacts(manifest))).containsExactly(ZALANDO);
    }

    @Test
    void findsNoDefaultOfZalandoWhenConfigurationNamesImages() throws Exception {
        String manifest = deployment(ZALANDO) + """
                apiVersion: acid.zalan.do/v1
                kind: OperatorConfiguration
                metadata:
                  name: postgresql-operator-default-configuration
                configuration:
                  docker_image: registry.example.com/spilo-17:4.0-p2
                  connection_pooler:
                    connection_pooler_image: registry.example.com/pgbouncer:master-32
                ---
                """ + DATABASE;

        assertThat(names(scan(manifest)))
                .containsExactly(
                        ZALANDO, "registry.example.com/pgbouncer:master-32", "registry.example.com/spilo-17:4.0-p2");
    }

    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata:
              name: acme
            spec:
              acme:
                server: https://acme.example.com/directory
                solvers:
                - http01:
                    ingress:
                      ingressClassName: nginx
            """;

    @Test
    void findsAcmeSolverWhenIssuerAnswersHttpChallenges() throws Exception {
        String manifest = deployment(CERT_MANAGER) + ISSUER;

        assertThat(names(scan(manifest)))
                .containsExactly("quay.io/jetstack/cert-manager-acmesolver:v1.19.1", CERT_MANAGER);
        assertThat(names(scanWithoutFacts(manifest))).containsExactly(CERT_MANAGER);
    }

    @Test
    void findsNoAcmeSolverWhenIssuerAnswersDnsChallengesOnly() throws Exception {
        String manifest =
                deployment(CERT_MANAGER) + ISSUER.replace("http01:", "dns01:").replace("ingress:", "route53:");

        assertThat(names(scan(manifest))).containsExactly(CERT_MANAGER);
    }

    @Test
    void findsOwnAcmeSolverWhenControllerIsConfigured() throws Exception {
        String manifest = deployment(CERT_MANAGER) + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: cert-manager
                data:
                  config.yaml: |
                    apiVersion: controller.config.cert-manager.io/v1alpha1
                    kind: ControllerConfiguration
                    acmeHTTP01Config:
                      solverImage: registry.example.com/acmesolver:v1.19.1
                ---
                """ + ISSUER;

        assertThat(names(scan(manifest))).containsExactly(CERT_MANAGER, "registry.example.com/acmesolver:v1.19.1");
    }

    private static final String KAFKA = """
            apiVersion: kafka.strimzi.io/v1beta2
            kind: Kafka
            metadata:
              name: events
            spec:
              kafka:
                version: 4.1.0
                listeners:
                - name: plain
                  port: 9092
                  type: internal
                  tls: false
              entityOperator:
                topicOperator: {}
            ---
            apiVersion: kafka.strimzi.io/v1beta2
            kind: KafkaBridge
            metadata:
              name: events
            spec:
              bootstrapServers: events-kafka-bootstrap:9092
            """;

    @Test
    void findsDefaultsOfStrimziWhenItsVariablesAreMissing() throws Exception {
        String manifest = deployment(STRIMZI) + KAFKA;

        assertThat(names(scan(manifest)))
                .containsExactly("quay.io/strimzi/kafka-bridge:latest", STRIMZI, "quay.io/strimzi/operator:latest");
        assertThat(names(scanWithoutFacts(manifest))).containsExactly(STRIMZI);
    }

    @Test
    void findsNoDefaultOfStrimziWhenItsVariablesNameImages() throws Exception {
        String variables = """
                        env:
                        - name: STRIMZI_DEFAULT_TOPIC_OPERATOR_IMAGE
                          value: quay.io/strimzi/operator:0.48.0
                        - name: STRIMZI_DEFAULT_KAFKA_BRIDGE_IMAGE
                          value: quay.io/strimzi/kafka-bridge:0.33.1
                """;
        String manifest = deployment(STRIMZI).replace("---\n", variables + "---\n") + KAFKA;

        assertThat(names(scan(manifest))).containsExactly("quay.io/strimzi/kafka-bridge:0.33.1", STRIMZI);
    }
}
