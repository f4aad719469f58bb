/** An output target of a user: an OCI layout in a zip file. */
@NullMarked
package com.example.zip;

import org.jspecify.annotations.NullMarked;
