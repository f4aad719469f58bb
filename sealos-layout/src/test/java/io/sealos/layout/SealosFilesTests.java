package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files by which unmodified sealos stops, or does what nobody meant: what the rules say of them. */
class SealosFilesTests {
    @TempDir
    Path context;

    @BeforeEach
    void writeManifest() throws IOException {
        write("manifests/app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n");
    }

    private void kubefile(String... lines) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\n" + String.join("\n", lines) + "\n");
    }

    @Test
    void validateWhenALinkIsDeadSaysWhereTheRunStops() throws IOException {
        kubefile("CMD [\"true\"]");
        Files.createSymbolicLink(context.resolve("alias"), Path.of("nothing"));
        Files.createDirectories(context.resolve("opt"));
        Files.createSymbolicLink(context.resolve("opt/alias"), Path.of("nothing"));

        assertThat(of("link-broken"))
                .containsExactly(
                        "alias: warning: the link leads to nothing, which is not there: sealos run stops when it sets the"
                                + " modes of the files; mend or remove the link [link-broken]",
                        "opt/alias: warning: the link leads to nothing, which is not there: sealos run stops when it"
                                + " copies the link to a remote node; mend or remove the link [link-broken]");
    }

    @Test
    void validateWhenListsAreDirectoriesOrLinksToThemSaysThatSealosReadsForEver() throws IOException {
        kubefile("CMD [\"true\"]");
        Files.createDirectories(context.resolve(".sealignore"));
        Files.createDirectories(context.resolve("images/skopeo/tar.txt"));
        Files.createDirectories(context.resolve("lists"));
        Files.createSymbolicLink(context.resolve("images/shim"), Path.of("../lists"));

        assertThat(of("list-endless")).hasSize(3);
    }

    @Test
    void validateWhenDirectoriesAreEmptyOrDeepFindsNoEndlessList() throws IOException {
        kubefile("CMD [\"true\"]");
        write("images/shim/sub/list", "registry.example/app:1.0\n");
        Files.createDirectories(context.resolve("images/shim/empty"));
        Files.createSymbolicLink(context.resolve("images/shim/other"), Path.of("sub/list"));
        Files.createSymbolicLink(context.resolve(".sealignore"), Path.of("nothing"));

        assertThat(of("list-endless")).isEmpty();
        assertThat(of("list-link-broken")).isEmpty();
    }

    @Test
    void validateWhenAManifestIsALinkThatLeadsNowhereReportsItByItsName() throws IOException {
        kubefile("CMD [\"true\"]");
        Files.createSymbolicLink(context.resolve("manifests/dead.YAML"), Path.of("none"));
        Files.createSymbolicLink(context.resolve("manifests/dead.txt"), Path.of("none"));
        Files.createSymbolicLink(context.resolve("manifests/directory.yml"), Path.of(".."));

        assertThat(of("list-link-broken"))
                .containsExactly(
                        "manifests/dead.YAML: error: the link leads to nothing, and a build with sealos stops at it; mend"
                                + " or remove the link [list-link-broken]",
                        "manifests/directory.yml: error: the link has the name of a manifest and leads to a directory, and a"
                                + " build with sealos stops at it; mend or remove the link [list-link-broken]");
    }

    @ParameterizedTest
    @CsvSource({
        "'a: 1', crashes where there is none",
        "'', crashes where there is none",
        "'a: [', leaves all of it out",
        "'kind: Cluster', crashes where there is none",
        "'{kind: Config, spec: {path: a, data: {b: 1}}}', leaves all of it out as spec.data of one",
        "'{kind: Config, spec: {path: [a], data: b}}', leaves all of it out as spec.path of one",
        "'{kind: Config, spec: text}', leaves all of it out as spec of one",
        "'{kind: Config, spec: {data: b}}', stops at a Config document",
        "'kind: Config', stops at a Config document"
    })
    void validateWhenConfigHasNoDocumentForSealosReportsIt(String text, String problem) throws IOException {
        kubefile("CMD [\"true\"]");
        write("config.yml", text);

        assertThat(of("config-file-unread"))
                .singleElement()
                .asString()
                .contains(problem.replace(" as spec", ", as spec"));
    }

    @Test
    void validateWhenATopLinkLeadsOutSaysWhatTheModesDo() throws IOException {
        kubefile("CMD [\"true\"]");
        Files.createSymbolicLink(context.resolve("top"), Path.of("/usr/bin/env"));
        Files.createSymbolicLink(context.resolve(".top"), Path.of("/usr/bin/env"));
        Files.createSymbolicLink(context.resolve("manifests/deep"), Path.of("../../x"));

        assertThat(of("link-outside"))
                .filteredOn(it -> it.contains("sets the mode of what is there on its own machine, and stops"))
                .singleElement()
                .asString()
                .startsWith("top: warning: ");
        assertThat(of("link-outside")).hasSize(3);
    }

    @Test
    void validateWhenConfigIsForSealosOrNotAtTheRootIsSilent() throws IOException {
        kubefile("CMD [\"true\"]");
        write("config.yml", "kind: Other\n---\nkind: Config\nspec: {path: a, data: 1}\n");
        assertThat(of("config-file-unread")).isEmpty();

        write("config.yml", "a: 1\n");
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\nCOPY config.yml etc/\nCMD [\"true\"]\n");
        assertThat(of("config-file-unread")).isEmpty();
    }

    @Test
    void validateWhenATemplateDoesNotParsePointsAtThePlace() throws IOException {
        kubefile("CMD [\"true\"]");
        write("etc/app.conf.tmpl", "# first\r\nname: {{ include \"x\" . }}\n");
        write("charts/note.tmpl", "{{ include \"x\" . }}\n");

        assertThat(of("template-syntax"))
                .containsExactly(
                        "etc/app.conf.tmpl:2:10: error: sealos cannot parse the template, and stops: there is no"
                                + " function include; correct it; functions are those of Go and sprig, without those that Helm"
                                + " adds [template-syntax]");
    }

    @Test
    void validateWhenATemplateIsEmptyOrMisnamedReportsEachOnce() throws IOException {
        kubefile("CMD [\"true\"]");
        write("etc/empty.tmpl", "\n");
        write("scripts/run.sh.Tmpl", "echo\n");
        write("manifests/.tmpl", "x: {{ end }}\n");
        write("opt/x.TMPL", "x\n");

        assertThat(findings())
                .containsExactly(
                        "etc/empty.tmpl: warning: the template has nothing to render, and sealos writes the text of the"
                                + " template before it to etc/empty; remove it, or write a text such as a comment of the"
                                + " rendered file into it [template-empty]",
                        "manifests/.tmpl: error: the file is named just .tmpl, and nothing is left of its name to render"
                                + " to: sealos stops at it; give it a name before the ending [template-unnamed]",
                        "scripts/run.sh.Tmpl: warning: sealos renders names that end in .tmpl, and this one ends in .Tmpl;"
                                + " name it run.sh.tmpl [template-not-rendered]");
    }

    @ParameterizedTest
    @CsvSource({"application, 1", "patch, 0", "rootfs, 0"})
    void validateWhenATemplatePrintsWhatSealosSetsForARootfsKnowsWhoHasIt(String type, int count) throws IOException {
        kubefile("LABEL sealos.io.type=" + type, "CMD [\"true\"]");
        write("etc/app.conf.tmpl", "{{ .SEALOS_SYS_KUBE_VERSION }}\n");

        assertThat(of("template-variable-unknown")).hasSize(count);
    }

    private List<String> of(String rule) throws IOException {
        return findings().stream().filter(it -> it.endsWith("[" + rule + "]")).toList();
    }

    private List<String> findings() throws IOException {
        ImageScanner scanner = ImageScanner.builder().build();
        return LayoutValidator.standard()
                .validate(ClusterImageLayout.open(context, BuildOptions.defaults(), scanner))
                .findings()
                .stream()
                .map(Finding::toString)
                .toList();
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(context.resolve(path).getParent());
        Files.writeString(context.resolve(path), content);
    }
}
