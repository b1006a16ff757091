pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Every language by its own name, where there are more than two.
GsDialog {
    id: sheet

    required property Preferences preferences

    title: qsTr("选择语言")
    iconName: "language"
    actions: GsButton {
        objectName: "closeLanguages"
        Layout.fillWidth: true
        text: qsTr("返回")
        onClicked: sheet.open = false
    }

    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gap

        Repeater {
            model: sheet.preferences.tongues
            GsButton {
                required property string code
                required property string name
                objectName: "tongue_" + code
                kind: code === sheet.preferences.tongue ? "primary" : "secondary"
                text: name
                onClicked: {
                    sheet.open = false;
                    sheet.preferences.tongue = code;
                }
            }
        }
    }
}
