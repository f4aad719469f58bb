package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.images.ScanProblem;
import io.sealos.internal.text.Count;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when images that the application runs may be missing from the inventory, before the network is used and before
 * anything is written. The exception lists all gaps that were not accepted, not only the first.
 *
 * @since 0.1.0
 */
public final class ImageGapsException extends SealosException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // An immutable list of serializable gaps.
    private final List<ScanProblem> gaps;

    /**
     * Creates an exception whose message lists all gaps.
     *
     * @param gaps the gaps
     */
    public ImageGapsException(List<ScanProblem> gaps) {
        super(message(gaps));
        this.gaps = List.copyOf(gaps);
    }

    private static String message(List<ScanProblem> gaps) {
        return gaps.stream()
                .map(gap -> gap + "; " + gap.fix())
                .collect(Collectors.joining(
                        "\n",
                        Count.of(gaps.size(), "gap", "keeps", "keep")
                                + " this image from being complete at a site without a network:\n",
                        "\nWhat is known to be harmless can be accepted: by kind and file (acceptGaps), or by"
                                + " '# sealos-ignore: images-unreadable REASON' in the file"));
    }

    /** {@return the place, problem and fix of each gap} */
    @Override
    public List<Part> parts() {
        return gaps.stream()
                .map(gap ->
                        new Part(gap.line() > 0 ? gap.file() + ":" + gap.line() : gap.file(), gap.message(), gap.fix()))
                .toList();
    }

    /** {@return the gaps, in the order of the scan} */
    public List<ScanProblem> gaps() {
        return gaps;
    }
}
