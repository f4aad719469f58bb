package io.sealos.images;

import io.sealos.images.ChartValues.Setting;
import io.sealos.images.internal.helm.HelmCharts;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The renders of a scan: each chart with its default values, with those of the caller, with those of the Kubefile. */
final class ChartRuns {
    private record Values(Path chart, ChartValues values) {}

    private final String kubernetesVersion;
    private final List<ChartScenario> scenarios;
    private final ValuesFolder folder;
    private final Map<Path, String> charts = new LinkedHashMap<>();
    private final List<InstalledChart> installed = new ArrayList<>();

    ChartRuns(String kubernetesVersion, List<ChartScenario> scenarios, ValuesFolder folder) {
        this.kubernetesVersion = kubernetesVersion;
        this.scenarios = scenarios;
        this.folder = folder;
    }

    void add(Path chart, String name) {
        charts.putIfAbsent(chart, name);
    }

    /** A chart that is not in the standard folder is one of the scan, too. */
    void add(InstalledChart chart, String name) {
        add(chart.chart(), name);
        installed.add(chart);
    }

    /** All renders, those of one chart one after the other, its defaults first; none twice. */
    List<ChartRun> all() throws IOException {
        List<ChartRun> runs = new ArrayList<>();
        for (Map.Entry<Path, String> chart : charts.entrySet()) {
            addRuns(runs, chart.getKey(), chart.getValue());
        }
        return runs;
    }

    private void addRuns(List<ChartRun> runs, Path chart, String file) throws IOException {
        Set<Values> seen = new HashSet<>();
        Set<String> names = new HashSet<>();
        ChartRenderRequest defaults = request(chart, ChartValues.files(HelmCharts.valuesFiles(chart)));
        for (InstalledChart call : installed) {
            if (call.chart().equals(chart) && defaults.releaseName().equals("release")) {
                defaults = defaults.withRelease(call.release(), call.namespace());
            }
        }
        add(runs, seen, new ChartRun(ChartRun.DEFAULTS, file, defaults));
        for (ChartScenario scenario : scenarios) {
            if (scenario.isFor(HelmCharts.name(chart))) {
                add(runs, seen, new ChartRun(scenario.name(), file, request(chart, scenario.values())));
            }
        }
        for (InstalledChart call : installed) {
            if (call.chart().equals(chart)) {
                ChartRenderRequest request = request(chart, values(call)).withRelease(call.release(), call.namespace());
                add(runs, seen, new ChartRun(name(call, names), file, request));
            }
        }
    }

    private static void add(List<ChartRun> runs, Set<Values> seen, ChartRun run) {
        if (seen.add(new Values(run.request().chart(), run.request().values()))) {
            runs.add(run);
        }
    }

    private ChartRenderRequest request(Path chart, ChartValues values) {
        return ChartRenderRequest.of(chart, values, kubernetesVersion);
    }

    private ChartValues values(InstalledChart call) throws IOException {
        List<Setting> settings = new ArrayList<>();
        for (GivenValue value : call.values()) {
            settings.add(new Setting(value.option(), folder.argument(value)));
        }
        return ChartValues.of(settings);
    }

    private static String name(InstalledChart call, Set<String> names) {
        String place = " (" + call.file() + ":" + call.line();
        String name = "helm " + call.command() + " " + call.release() + place + ")";
        for (int i = 2; !names.add(name); i++) {
            name = "helm " + call.command() + " " + call.release() + place + ", variant " + i + ")";
        }
        return name;
    }
}
