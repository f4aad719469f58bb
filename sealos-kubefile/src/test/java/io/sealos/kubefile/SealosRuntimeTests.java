package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealosRuntimeTests {
    private static final Map<String, String> ROOTFS = Map.of("sealos.io.type", "rootfs", "version", "v1.28.0");

    private static ContainerConfig config(Map<String, String> labels, String... cmd) {
        ContainerConfig.Builder config = ContainerConfig.builder().cmd(List.of(cmd));
        labels.forEach(config::label);
        return config.build();
    }

    @Test
    void takesReservedNamesWhenTheUserGivesThemWithTheRun() {
        SealosRuntime runtime =
                SealosRuntime.of(config(Map.of(), "echo $SEALOS_SYS_X")).withEnvironment(Map.of("SEALOS_SYS_X", "a"));
        assertThat(runtime.environment()).containsExactly(Map.entry("SEALOS_SYS_X", "a"));
        assertThat(runtime.expandedCommands()).containsExactly("echo a");
    }

    @Test
    void dropsReservedNamesWhenTheClusterfileGivesThem() {
        SealosRuntime runtime = SealosRuntime.of(config(Map.of()))
                .withClusterfileEnvironment(Map.of("SEALOS_SYS_X", "a", "SEALOS_SYSTEM", "b", "SEALOS_X", "c"));
        assertThat(runtime.environment()).containsExactly(Map.entry("SEALOS_X", "c"));
    }

    @Test
    void knowsTheVersionOfSealosWhenTheImageIsARootfs() {
        ContainerConfig rootfs = config(ROOTFS, "echo $SEALOS_SYS_SEALOS_VERSION");
        SealosRuntime runtime = SealosRuntime.of(rootfs);
        assertThat(runtime.unknownVariables()).isEmpty();
        assertThat(runtime.expandedCommands()).containsExactly("echo latest");
        assertThat(runtime.withSealosVersion("v5.0.1").expandedCommands()).containsExactly("echo v5.0.1");
        assertThat(runtime.withSealosVersion("v5.0.1").environment()).isEmpty();
    }

    @Test
    void knowsNoVersionOfSealosWhenTheImageIsAnApplication() {
        SealosRuntime runtime = SealosRuntime.of(config(Map.of(), "echo $SEALOS_SYS_SEALOS_VERSION"))
                .withSealosVersion("v5.0.1");
        assertThat(runtime.unknownVariables()).containsExactly("SEALOS_SYS_SEALOS_VERSION");
        assertThat(runtime.expandedCommands()).containsExactly("echo $(SEALOS_SYS_SEALOS_VERSION)");
    }

    @ParameterizedTest
    @CsvSource({
        "rootfs, '', ROOTFS",
        "'', rootfs, ROOTFS",
        "'', '', APPLICATION",
        "patch, rootfs, PATCH",
        "application, '', APPLICATION"
    })
    void takesTheFirstTypeThatIsNotEmptyWhenThereAreTwo(String type, String alias, ImageType expected) {
        assertThat(ImageType.of(Map.of("sealos.io.type", type, "apps.sealos.io/type", alias)))
                .contains(expected);
    }

    @Test
    void keepsTheImagesCommandsWhenNoneAreGiven() {
        ContainerConfig config = config(Map.of(), "a");
        assertThat(SealosRuntime.of(config).withCmd(config, List.of()).commands())
                .containsExactly("a");
    }

    @Test
    void sortsTheVariablesOfTheLineWhenThereAreSeveral() {
        ContainerConfig config = ContainerConfig.builder()
                .env("B", "2")
                .env("A", "1")
                .cmd(List.of("x", "y"))
                .build();
        ShellLine line = SealosRuntime.of(config).shellLine("/work");
        assertThat(line).hasToString("export A=\"1\" B=\"2\" ; cd /work && x; cd /work && y");
        assertThat(line.refusal()).isEmpty();
        assertThat(line.lostCommands()).isEmpty();
        assertThat(line).isEqualTo(SealosRuntime.of(config).shellLine("/work"));
    }

    @Test
    void makesNoLineWhenSealosDoesNotKnowTheType() {
        ContainerConfig config = config(Map.of("sealos.io.type", "plugin"), "a");
        assertThat(SealosRuntime.of(config).shellLine("/work").text()).isEmpty();
    }
}
