package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the operators of MongoDB, which build the names of images from variables and versions. */
class MongoDbOperatorTests {
    private static final String COMMUNITY = "quay.io/mongodb/mongodb-kubernetes-operator:0.13.0";
    private static final String CONTROLLERS = "quay.io/mongodb/mongodb-kubernetes:1.10.0";

    /** A Deployment of an operator with variables, each of which is a name and a value. */
    private static String operator(String image, String... variables) {
        StringBuilder text = new StringBuilder("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: mongodb-kubernetes-operator
                spec:
                  template:
                    spec:
                      containers:
                      - name: mongodb-kubernetes-operator
                        image: %s
                        env:
                        - name: OPERATOR_NAME
                          value: mongodb-kubernetes-operator
                """.formatted(image));
        for (int i = 0; i < variables.length; i += 2) {
            text.append("        - name: ").append(variables[i]).append('\n');
            text.append("          value: \"").append(variables[i + 1]).append("\"\n");
        }
        return text.append("---\n").toString();
    }

    private static String communityServer(String spec) {
        return """
                apiVersion: mongodbcommunity.mongodb.com/v1
                kind: MongoDBCommunity
                metadata:
                  name: example-mongodb
                spec:
                  members: 3
                  type: ReplicaSet
                  version: "6.0.5"
                %s
                ---
                """.formatted(spec.indent(2));
    }

    private static String resource(String kind, String spec) {
        return """
                apiVersion: mongodb.com/v1
                kind: %s
                metadata:
                  name: main
                  annotations: {team: data}
                spec:
                %s
                ---
                """.formatted(kind, spec.indent(2));
    }

    @Test
    void findsCommunityServerWhenVariablesHavePartsOfItsName() throws Exception {
        String manifest = operator(
                        COMMUNITY,
                        "AGENT_IMAGE",
                        "quay.io/mongodb/mongodb-agent-ubi:108.0.6.8796-1",
                        "MONGODB_IMAGE",
                        "mongodb-community-server",
                        "MONGODB_REPO_URL",
                        "quay.io/mongodb")
                + communityServer("");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(
                        "quay.io/mongodb/mongodb-agent-ubi:108.0.6.8796-1",
                        "quay.io/mongodb/mongodb-community-server:6.0.5-ubi8",
                        COMMUNITY);
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly("quay.io/mongodb/mongodb-agent-ubi:108.0.6.8796-1", COMMUNITY);
    }

    @Test
    void writesNoImageTypeWhenRegistryIsNotOfMongoDb() throws Exception {
        String[] variables = {"MONGODB_IMAGE", "mongo", "MONGODB_REPO_URL", "registry.corp/library"};

        assertThat(OperatorScans.names(OperatorScans.scan(operator(COMMUNITY, variables) + communityServer(""))))
                .containsExactly(COMMUNITY, "registry.corp/library/mongo:6.0.5");
        assertThat(OperatorScans.names(OperatorScans.scan(operator(COMMUNITY, variables) + communityServer("""
                        statefulSet:
                          spec:
                            template:
                              spec:
                                containers:
                                - {name: mongod, image: "registry.corp/mongod:1"}
                        """))))
                .containsExactly(COMMUNITY, "registry.corp/mongod:1");
    }

    @Test
    void saysNothingOfOtherOperatorWhenOneOfTheKindRuns() throws Exception {
        ImageInventory inventory = OperatorScans.scan(operator(COMMUNITY) + communityServer(""));

        assertThat(inventory.notices()).isEmpty();
        assertThat(OperatorScans.scan(communityServer("")).notices())
                .anyMatch(it -> it.contains("whose operator mongodb-kubernetes is not here"));
    }

    @Test
    void reportsGapWhenVersionOfCommunityOperatorIsUnknown() throws Exception {
        String operator = "quay.io/mongodb/mongodb-kubernetes-operator:0.99.0";

        ImageInventory inventory = OperatorScans.scan(operator(operator) + communityServer(""));

        assertThat(OperatorScans.names(inventory)).containsExactly(operator);
        assertThat(inventory.isComplete()).isFalse();
    }

    @Test
    void findsOpsManagerWhenVariableHasItsRepository() throws Exception {
        String manifest = operator(
                        CONTROLLERS,
                        "OPS_MANAGER_IMAGE_REPOSITORY",
                        "registry.corp/mongodb-enterprise-ops-manager-ubi",
                        "INIT_OPS_MANAGER_IMAGE_REPOSITORY",
                        "quay.io/mongodb/mongodb-kubernetes-init-ops-manager",
                        "INIT_OPS_MANAGER_VERSION",
                        "1.10.0")
                + resource("MongoDBOpsManager", "version: 8.0.12\nreplicas: 1");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        "quay.io/mongodb/mongodb-kubernetes-init-ops-manager:1.10.0",
                        CONTROLLERS,
                        "registry.corp/mongodb-enterprise-ops-manager-ubi:8.0.12");
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly("quay.io/mongodb/mongodb-kubernetes-init-ops-manager:1.10.0", CONTROLLERS);
    }

    @Test
    void reportsGapWhenOpsManagerHasDatabase() throws Exception {
        String manager = resource("MongoDBOpsManager", "version: 8.0.12\napplicationDatabase: {version: 8.0.0-ent}");

        assertThat(OperatorScans.scan(operator(CONTROLLERS) + manager).problems())
                .singleElement()
                .extracting(ScanProblem::message)
                .isEqualTo(
                        "mongodb-kubernetes 1.10.0 starts an image for MongoDBOpsManager 'main'"
                                + " (application-database) that is not known, because nothing sets the release value serverTag");
    }

    @Test
    void reportsGapWhenDatabaseIsStatic() throws Exception {
        String database = resource("MongoDB", "type: ReplicaSet\nmembers: 3\nversion: 8.0.0");

        assertThat(OperatorScans.scan(operator(CONTROLLERS) + database).isComplete())
                .isTrue();
        assertThat(OperatorScans.scan(operator(CONTROLLERS, "MDB_DEFAULT_ARCHITECTURE", "static") + database)
                        .isComplete())
                .isFalse();
        assertThat(OperatorScans.scan(operator(CONTROLLERS)
                                + database.replace("team: data", "mongodb.com/v1.architecture: static"))
                        .isComplete())
                .isFalse();
    }

    @Test
    void findsCommunityServerWhenControllersRunIt() throws Exception {
        assertThat(OperatorScans.names(OperatorScans.scan(operator(CONTROLLERS) + communityServer(""))))
                .containsExactly("quay.io/mongodb/mongodb-community-server:6.0.5-ubi8", CONTROLLERS);
    }

    @Test
    void findsSearchWhenItHasVersion() throws Exception {
        String search = resource("MongoDBSearch", "version: 1.72.0");

        assertThat(OperatorScans.names(OperatorScans.scan(operator(CONTROLLERS) + search)))
                .containsExactly(CONTROLLERS, "quay.io/mongodb/mongodb-search:1.72.0");
        assertThat(OperatorScans.names(
                        OperatorScans.scan(operator(CONTROLLERS) + resource("MongoDBSearch", "source: {}"))))
                .containsExactly(CONTROLLERS, "quay.io/mongodb/mongodb-search:1.70.1");
    }
}
