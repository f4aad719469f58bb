package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the Redis Operator of Spotahome, which has default images. */
class RedisOperatorSpotahomeTests {
    private static final String OPERATOR = "quay.io/spotahome/redis-operator:v1.2.4";

    private static String manifest(String image, String spec) {
        return OperatorDeployment.of(image).with("""
                apiVersion: databases.spotahome.com/v1
                kind: RedisFailover
                metadata:
                  name: cache
                spec: %s
                """.formatted(spec));
    }

    @Test
    void findsDefaultsWhenResourceNamesNoImages() throws Exception {
        String manifest =
                manifest(OPERATOR, "{sentinel: {replicas: 3}, redis: {replicas: 3, exporter: {enabled: true}}}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(
                        "docker.io/library/redis:6.2.6-alpine", "quay.io/oliver006/redis_exporter:v1.43.0", OPERATOR);
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(OPERATOR);
    }

    @Test
    void findsDefaultOfSentinelBesideImageOfRedis() throws Exception {
        String manifest = manifest(OPERATOR, "{redis: {image: 'redis:7.2.4'}, sentinel: {exporter: {enabled: false}}}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly("docker.io/library/redis:6.2.6-alpine", "docker.io/library/redis:7.2.4", OPERATOR);
    }

    @Test
    void findsNothingWhenResourceNamesAllImages() throws Exception {
        String manifest = manifest(OPERATOR, "{redis: {image: 'redis:7.2.4'}, sentinel: {image: 'redis:7.2.4'}}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly("docker.io/library/redis:7.2.4", OPERATOR);
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        assertThat(OperatorScans.scan(manifest("quay.io/spotahome/redis-operator:latest", "{redis: {replicas: 3}}"))
                        .isComplete())
                .isFalse();
    }
}
