package io.sealos.images.internal.install;

import io.sealos.images.ChartValues;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.images.internal.shell.HelmInvocation;
import io.sealos.images.internal.shell.ImagePath;
import io.sealos.images.internal.shell.Unknowns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes out of one call of Helm what it installs; says what it could not make out, and what was taken instead. */
final class HelmCall {
    private static final Set<String> INSTALLING = Set.of("install", "upgrade", "template");

    private final HelmInvocation invocation;
    private final HelmArguments arguments;
    private final ImageFiles files;
    private final Unknowns unknowns;
    private final BiConsumer<Kind, String> problems;

    HelmCall(HelmInvocation invocation, ImageFiles files, Unknowns unknowns, BiConsumer<Kind, String> problems) {
        this.invocation = invocation;
        this.arguments = HelmArguments.parse(invocation.arguments());
        this.files = files;
        this.unknowns = unknowns;
        this.problems = problems;
    }

    Optional<InstalledChart> read(String file) {
        List<String> operands = arguments.operands();
        if (operands.isEmpty() || !INSTALLING.contains(operands.get(0))) {
            return Optional.empty();
        }
        invocation
                .missing()
                .forEach(name -> problems.accept(
                        Kind.ASSUMED, "the variable " + name + " has no value; helm was taken to get an empty one"));
        List<String> rest = operands.subList(1, operands.size()).stream()
                .filter(it -> !isLost(it))
                .toList();
        if (rest.isEmpty()) {
            problems.accept(
                    Kind.UNREAD,
                    "the chart that helm " + operands.get(0) + " gets is not known; only its default values were"
                            + " taken into account");
            return Optional.empty();
        }
        Path chart = chart(rest.get(Math.min(rest.size(), 2) - 1));
        return Optional.ofNullable(chart)
                .map(it -> new InstalledChart(
                        file,
                        invocation.line(),
                        operands.get(0),
                        name(rest.size() > 1 ? rest.get(0) : arguments.last("name", ""), "release"),
                        name(arguments.last("namespace", ""), "default"),
                        it,
                        values(),
                        arguments.isOn("skip-schema-validation")));
    }

    /** Whether a word is nothing but the output of something that is not known; it may be options, or nothing. */
    private boolean isLost(String word) {
        boolean lost = !word.isEmpty() && Unknowns.without(word).isEmpty();
        if (lost) {
            problems.accept(
                    Kind.ASSUMED,
                    "the arguments of helm from " + unknowns.causes(word) + " are not known; taken as none");
        }
        return lost;
    }

    /** A name that Helm would refuse must not spoil the render. */
    private static String name(String name, String otherwise) {
        return name.matches("[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?") ? name : otherwise;
    }

    private @Nullable Path chart(String written) {
        if (Unknowns.in(written)) {
            problems.accept(
                    Kind.UNREAD,
                    "the chart '" + shown(written) + "' is not known (" + unknowns.causes(written)
                            + "); only default values were taken into account");
            return null;
        }
        String path = ImagePath.resolve(invocation.folder(), written);
        Path chart = files.inContext(invocation.files().original(path));
        boolean remote = written.contains("://") || arguments.has("repo");
        if (remote || chart == null || !isChart(chart)) {
            problems.accept(
                    chart == null || remote ? Kind.NOT_THERE : Kind.UNREAD,
                    "the chart '" + written + "' "
                            + (chart == null || remote ? "is not among the files that the image gets" : "is no chart")
                            + "; its images are not known");
            return null;
        }
        for (String changed : invocation.files().writtenBelow(path)) {
            problems.accept(
                    Kind.ASSUMED,
                    "the chart's file " + changed + " is changed before; the chart was rendered without that");
        }
        return chart;
    }

    private static boolean isChart(Path chart) {
        return Files.isDirectory(chart)
                ? Files.isRegularFile(chart.resolve("Chart.yaml"))
                : String.valueOf(chart.getFileName()).matches(".*\\.(tgz|tar\\.gz)");
    }

    private static String shown(String text) {
        return Unknowns.without(text);
    }

    private List<GivenValue> values() {
        List<GivenValue> values = new ArrayList<>();
        for (HelmArguments.Option option : arguments.options()) {
            for (ChartValues.Option kind : ChartValues.Option.values()) {
                if (kind.flag().equals("--" + option.name())) {
                    add(values, kind, option.argument());
                }
            }
        }
        return values;
    }

    private void add(List<GivenValue> values, ChartValues.Option kind, String argument) {
        switch (kind) {
            case VALUES -> new CommaList(argument, "").parts().forEach(it -> addFile(values, it));
            case SET_FILE -> new CommaList(argument, "").parts().forEach(it -> addFileText(values, it));
            case SET, SET_STRING -> addExpression(values, kind, new CommaList(argument, "{}").parts());
            case SET_JSON -> addExpression(values, kind, new CommaList(argument, "{}[]\"").parts());
            default -> addExpression(values, kind, List.of(argument));
        }
    }

    /** Pairs whose value is not known are left out, so that the chart's own value stands. */
    private void addExpression(List<GivenValue> values, ChartValues.Option kind, List<String> pairs) {
        List<String> known = new ArrayList<>();
        for (String pair : pairs) {
            if (Unknowns.in(pair)) {
                String key = shown(pair.substring(0, Math.max(0, pair.indexOf('='))));
                problems.accept(
                        Kind.ASSUMED,
                        "the value of " + kind.flag() + " " + key + " is not known (" + unknowns.causes(pair)
                                + "); the chart's own was taken");
            } else {
                known.add(pair);
            }
        }
        if (known.size() > 1 || !String.join("", known).isEmpty()) {
            values.add(new GivenValue(kind, String.join(",", known), null));
        }
    }

    private void addFile(List<GivenValue> values, String name) {
        String path = path(name);
        if (path != null) {
            boolean written = invocation.files().isWritten(path);
            String text = written ? invocation.files().text(path) : null;
            Path file = files.inContext(invocation.files().original(path));
            values.add(new GivenValue(
                    ChartValues.Option.VALUES,
                    written || file == null ? path : file.toString(),
                    text == null ? null : checked(name, text)));
        }
    }

    private void addFileText(List<GivenValue> values, String pair) {
        int equals = pair.indexOf('=');
        String path = equals < 0 ? null : path(pair.substring(equals + 1));
        String text = path == null ? null : invocation.files().text(path);
        if (text != null) {
            String key = pair.substring(0, equals);
            values.add(new GivenValue(ChartValues.Option.SET_FILE, key, checked(path, text)));
        }
    }

    private String checked(@Nullable String name, String text) {
        if (Unknowns.in(text)) {
            problems.accept(
                    Kind.ASSUMED,
                    "the file '" + name + "' is written with what is not known (" + unknowns.causes(text)
                            + "); taken as empty there");
        }
        return shown(text);
    }

    /** The path in the image of a file that Helm reads; null if there is none. */
    private @Nullable String path(String name) {
        if (Unknowns.in(name)) {
            problems.accept(
                    Kind.ASSUMED,
                    "the file of values '" + shown(name) + "' is not known (" + unknowns.causes(name)
                            + "); taken as none");
            return null;
        }
        String path = name.equals("-") ? HelmInvocation.STANDARD_INPUT : ImagePath.resolve(invocation.folder(), name);
        if (name.isEmpty() || (invocation.files().text(path) == null)) {
            problems.accept(
                    Kind.NOT_THERE,
                    "the file of values '" + name + "' is not among the files that the image gets, or no text of"
                            + " at most 1 MiB; taken as none");
            return null;
        }
        String doubt = invocation.files().doubt(path);
        if (!doubt.isEmpty()) {
            problems.accept(
                    Kind.ASSUMED, "the file of values '" + name + "' is taken as it is in the context, but " + doubt);
        }
        return path;
    }
}
