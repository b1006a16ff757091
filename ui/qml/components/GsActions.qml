import QtQuick
import QtQuick.Layouts
import "../theme"

// Buttons at the end of a line; those that do not fit go onto a next one.
Flow {
    id: actions

    // How wide all of them are in one line: whole pixels, as a layout gives no others and the last one would not fit.
    readonly property real wanted: {
        let sum = 0;
        for (let at = 0; at < visibleChildren.length; at++)
            sum += visibleChildren[at].implicitWidth + (at > 0 ? spacing : 0);
        return Math.ceil(sum);
    }

    Layout.fillWidth: true
    Layout.preferredWidth: wanted
    Layout.maximumWidth: wanted
    spacing: GsTheme.gapSmall
}
