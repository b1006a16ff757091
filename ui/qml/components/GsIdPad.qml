pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// Digits and X in the order of a telephone. Keys never take the focus, so that what is typed lands in the field.
Rectangle {
    id: pad

    property TextInput field: null
    property bool letterX: false
    signal done

    implicitHeight: grid.implicitHeight + 2 * GsTheme.gap
    color: GsTheme.colour.sunken

    function press(key: string): void {
        if (pad.field === null)
            return;
        if (key === "back") {
            const at = pad.field.cursorPosition;
            if (at > 0)
                pad.field.remove(at - 1, at);
        } else {
            pad.field.insert(pad.field.cursorPosition, key);
        }
    }

    MouseArea {
        anchors.fill: parent
    }
    GridLayout {
        id: grid
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * GsTheme.margin, GsTheme.px(1100))
        columns: 4
        uniformCellWidths: true
        rowSpacing: GsTheme.gapSmall
        columnSpacing: GsTheme.gapSmall

        Repeater {
            model: ["1", "2", "3", "back", "4", "5", "6", "", "7", "8", "9", "", pad.letterX ? "X" : "", "0", "", "done"]
            GsPadKey {
                required property string modelData
                objectName: "pad_" + modelData
                key: modelData
                onPressed: modelData === "done" ? pad.done() : pad.press(modelData)
            }
        }
    }
}
