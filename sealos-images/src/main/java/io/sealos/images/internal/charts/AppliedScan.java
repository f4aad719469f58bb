package io.sealos.images.internal.charts;

import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.gitops.SiteScan;
import io.sealos.images.internal.install.InstallReader.Found;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.scan.ChartOptions;
import io.sealos.images.internal.scan.ManifestScan;
import io.sealos.images.internal.scan.ScanFindings;
import io.sealos.images.internal.scan.TemplateScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Scans the manifests and charts of a context directory, and then what controllers deploy because of their objects. */
public final class AppliedScan {
    private final ContextFiles files;
    private final ScanFindings findings;
    private final ChartOptions options;
    private final ManifestScan manifests;
    private final SiteScan site;
    private final Set<InstalledChart> known = new LinkedHashSet<>();

    public AppliedScan(ContextFiles files, ScanFindings findings, TemplateScan templates, ChartOptions options) {
        this.files = files;
        this.findings = findings;
        this.options = options;
        this.manifests = new ManifestScan(files, findings, templates, options);
        this.site = new SiteScan(files, findings.siteObjects(), options.savesArtifacts());
    }

    public void scan(Found installed) throws IOException {
        manifests.scan(installed.applied());
        new ChartScan(options, findings).context(files, installed.with(deployed()));
        for (List<InstalledChart> more = deployed(); !more.isEmpty(); more = deployed()) {
            new ChartScan(options, findings).deployed(files, more);
        }
    }

    /**
     * Scans the directories that objects deploy, and reports what controllers fetch at the site.
     *
     * @return the charts of the context directory that the objects install, without those of earlier calls
     */
    private List<InstalledChart> deployed() throws IOException {
        List<InstalledChart> charts = new ArrayList<>(manifests.deployed());
        SiteScan.Result fetched = site.next();
        fetched.needs().forEach(findings.listener()::need);
        fetched.problems().forEach(it -> findings.problem(it.kind(), it.file(), it.line(), it.message(), it.fix()));
        charts.addAll(fetched.charts());
        return charts.stream().filter(known::add).toList();
    }
}
