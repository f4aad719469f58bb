package io.sealos.images;

import static io.sealos.images.OperatorScans.deployment;
import static io.sealos.images.OperatorScans.names;
import static io.sealos.images.OperatorScans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests in which it is doubtful which operator runs. */
class OperatorRunTests {
    private static final String OPERATOR = "quay.io/jetstack/cert-manager-controller:v1.19.1";
    private static final String SOLVER = "quay.io/jetstack/cert-manager-acmesolver:v1.19.1";

    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata:
              name: acme
            spec:
              acme:
                solvers:
                - http01: {}
            """;

    @Test
    void hasNoGapWhenAnAnnotationNamesTheOperatorWithoutItsTag() throws Exception {
        String annotated = """
                apiVersion: operators.coreos.com/v1alpha1
                kind: ClusterServiceVersion
                metadata:
                  name: cert-manager
                  annotations:
                    containerImage: quay.io/jetstack/cert-manager-controller
                ---
                """;

        ImageInventory inventory = scan(annotated + deployment(OPERATOR) + ISSUER);

        assertThat(inventory.gaps()).isEmpty();
        assertThat(names(inventory)).contains(SOLVER);
    }

    @Test
    void hasNoNoticeAboutAnotherOperatorWhenOneHandlesTheResource() throws Exception {
        String community = """
                apiVersion: mongodbcommunity.mongodb.com/v1
                kind: MongoDBCommunity
                metadata:
                  name: db
                spec:
                  version: 6.0.5
                """;
        String operator = deployment("quay.io/mongodb/mongodb-kubernetes-operator:0.13.0");

        assertThat(scan(operator + community).notices()).isEmpty();
        assertThat(scan(community).notices()).hasSize(2);
    }
}
