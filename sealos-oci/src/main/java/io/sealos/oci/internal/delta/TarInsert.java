package io.sealos.oci.internal.delta;

import io.sealos.images.Digest;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was left out of a tar.
 *
 * @param at the offset in the remaining tar at which the entry belongs
 * @param header the header blocks of the entry, in Base64
 * @param blob the digest of the content, which is a blob; null for an entry without content
 * @param size the size of the content in bytes
 */
public record TarInsert(long at, String header, @Nullable Digest blob, long size) {}
