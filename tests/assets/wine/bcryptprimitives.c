/* For tests under Wine 8, which lacks this library of Windows: Rust's standard library takes its random numbers from
   ProcessPrng. Here they come from the older RtlGenRandom, which Wine has. Never part of an installer. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    while (length > 0) {
        ULONG part = length > 0x40000000 ? 0x40000000 : (ULONG)length;
        if (!RtlGenRandom(data, part))
            return FALSE;
        data += part;
        length -= part;
    }
    return TRUE;
}
