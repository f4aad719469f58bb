package io.sealos.images;

import static io.sealos.images.OperatorScans.deployment;
import static io.sealos.images.OperatorScans.names;
import static io.sealos.images.OperatorScans.scan;
import static io.sealos.images.OperatorScans.scanWithoutFacts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerconaOperatorTests {
    @ParameterizedTest
    @CsvSource({
        "percona-server-mongodb-operator, 1.20.1, psmdb.percona.com/v1, PerconaServerMongoDB, 1.19.1",
        "percona-xtradb-cluster-operator, 1.19.0, pxc.percona.com/v1, PerconaXtraDBCluster, 1.18.0",
        "percona-postgresql-operator, 3.0.0, pgv2.percona.com/v2, PerconaPGCluster, 2.9.0",
        "percona-server-mysql-operator, 1.2.0, ps.percona.com/v1, PerconaServerMySQL, 1.1.0"
    })
    void findsTheInitContainerWhenAResourceIsForAnotherVersion(
            String operator, String version, String api, String kind, String crVersion) throws Exception {
        String image = "mirror.example:5000/db/percona/" + operator + ":";
        String manifest = deployment(image + version) + resource(api, kind, crVersion, "");

        assertThat(names(scanWithoutFacts(manifest))).containsExactly(image + version);
        assertThat(names(scan(manifest))).containsExactlyInAnyOrder(image + version, image + crVersion);
    }

    @Test
    void findsNothingMoreWhenTheVersionIsThatOfTheOperatorOrTheImageIsNamed() throws Exception {
        String operator = deployment("percona/percona-xtradb-cluster-operator:1.19.0");
        String kind = "PerconaXtraDBCluster";

        assertThat(names(scan(operator + resource("pxc.percona.com/v1", kind, "1.19.0", ""))))
                .containsExactly("docker.io/percona/percona-xtradb-cluster-operator:1.19.0");
        assertThat(scan(operator
                                + resource(
                                        "pxc.percona.com/v1", kind, "1.18.0", "  initContainer: {image: 'r.e/i:1'}\n"))
                        .references())
                .hasToString("[docker.io/percona/percona-xtradb-cluster-operator:1.19.0, r.e/i:1]");
    }

    private static String resource(String api, String kind, String crVersion, String more) {
        return "apiVersion: " + api + "\nkind: " + kind + "\nmetadata: {name: db}\nspec:\n  crVersion: " + crVersion
                + "\n" + more;
    }
}
